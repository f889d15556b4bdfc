import { minutes, seconds } from "#lib/kernel/time.ts";
import { reachMail } from "#lib/mail/transports/reach-mail.ts";
import { portalIfOpen } from "../portal.ts";

/** A mail server counts connections too. */
const TRIED_EVERY = minutes(1);
/** One that is away is looked for sooner, so that the warning goes soon after it is back. */
const TRIED_AGAIN = seconds(15);

/**
 * Why the mail server was not reached when this instance last tried it, null where it was. Answers at once, with what is
 * known, and tries again in the background where that is old: asking costs nothing, and a server that hangs holds up
 * nobody.
 */
export function watchMail(
  reach: () => Promise<string | null> = reachConfigured,
  now: () => number = () => performance.now(),
): () => string | null {
  let known: string | null = null;
  let due = 0;
  return () => {
    if (now() >= due) {
      due = Number.POSITIVE_INFINITY;
      const told = (reason: string | null): void => {
        known = reason;
        due = now() + (reason === null ? TRIED_EVERY : TRIED_AGAIN);
      };
      reach().then(told, () => told("fault"));
    }
    return known;
  };
}

async function reachConfigured(): Promise<string | null> {
  const open = portalIfOpen();
  return open ? reachMail(open.config.mail) : null;
}
