import type { Context } from "#lib/kernel/context.ts";
import { endSessionsOf } from "#lib/session/end-sessions.ts";
import { endRelyingPartySessions } from "../end-relying-party-sessions.ts";
import { findSignOut, type SignOut } from "./find-sign-out.ts";

/** The cookie's secret is what says who it is: an idle session is over for everything but this. */
const ownerOf = (ctx: Context, { accountId, sessionId }: SignOut): Context => ({
  ...ctx,
  actor: { kind: "account", accountId, sessionId },
});

/**
 * Signs a browser out of the portal and of every system that was opened from it, at once: no token of theirs counts any more,
 * and each is told. Answers what has ended; null where nobody was signed in.
 */
export async function signOutOfEverything(ctx: Context, token: string): Promise<SignOut | null> {
  const found = await findSignOut(ctx, token);
  if (!found) return null;
  const { accountId, sessionId } = found;
  const own = ownerOf(ctx, found);
  await own.db.transaction(async (tx) => {
    await endSessionsOf(tx, own, accountId, { session: sessionId }, "signed_out");
    await endRelyingPartySessions(tx, own, { sessionId }, "signed_out");
  });
  return found;
}

/** Signs a browser out of one system, by its client id, and leaves everything else as it is. Answers whether it was open. */
export async function signOutOfSystem(ctx: Context, token: string, clientId: string): Promise<boolean> {
  const found = await findSignOut(ctx, token);
  const open = found?.systems.find((system) => system.clientId === clientId);
  if (!found || !open) return false;
  const own = ownerOf(ctx, found);
  const relyingPartySessionIds = [open.relyingPartySessionId];
  const ended = await own.db.transaction((tx) =>
    endRelyingPartySessions(tx, own, { relyingPartySessionIds }, "signed_out_of_system"),
  );
  return ended > 0;
}
