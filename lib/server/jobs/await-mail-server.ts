import { sql } from "drizzle-orm";
import { JOBS_SCHEMA } from "#db/migrate.ts";
import type { Context } from "#lib/kernel/context.ts";
import { type Duration, minutes, seconds } from "#lib/kernel/time.ts";
import { LETTERS_QUEUE } from "#lib/mail/letters.ts";

/** Service is back within ten seconds of the mail server, with two for the queue's own look. */
const LOOKED_FOR_EVERY = seconds(5);
/** Where it could be reached and letters met nobody all the same, again and again. */
const LOOKED_FOR_SELDOM = minutes(2);

/** Somebody was there and said no: the code is a server's, not one of the system or the connection. */
const metSomebody = (reason: string): boolean =>
  !/^(smtp_e(?!nvelope|message|auth)|resend_application_error)/.test(reason);

export type MailServerWatch = {
  /** Hears of each letter that was not taken. */
  notTaken: (reason: string) => void;
  /** Hears that one was. */
  taken: () => void;
  stop: () => void;
};

/**
 * Letters that met nobody wait longer with each try, up to two minutes. When the mail server is back they need not: it is looked
 * for meanwhile, and once it answers all of them are due at once. Those that a server refused for now keep their pace.
 */
export function awaitMailServer(
  reach: () => Promise<string | null>,
  systemContext: () => Context,
  failed: (fault: unknown) => void,
  { every = LOOKED_FOR_EVERY }: { every?: Duration } = {},
): MailServerWatch {
  let wait: Duration = every;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const look = async (): Promise<void> => {
    timer = undefined;
    if ((await reach()) !== null) return watch();
    wait = Math.min(wait * 2, LOOKED_FOR_SELDOM) as Duration;
    await bringForward(systemContext());
  };
  const watch = (): void => {
    if (stopped || timer) return;
    timer = setTimeout(() => {
      look().catch((fault: unknown) => {
        failed(fault);
        watch();
      });
    }, wait).unref();
  };
  return {
    notTaken: (reason) => {
      if (!metSomebody(reason)) watch();
    },
    taken: () => {
      wait = every;
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

const bringForward = ({ db }: Context) =>
  db.execute(
    sql`update ${sql.identifier(JOBS_SCHEMA)}.job set start_after = now() where name = ${LETTERS_QUEUE} and state = 'retry' and start_after > now()`,
  );
