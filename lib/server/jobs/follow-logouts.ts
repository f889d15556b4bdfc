import { beginningAs } from "#db/client.ts";
import type { Context } from "#lib/kernel/context.ts";
import { minutes, seconds } from "#lib/kernel/time.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { LOGOUTS_CHANNEL } from "#lib/relying-party/end-relying-party-sessions.ts";
import { settleEndedSessions } from "#lib/relying-party/logout/settle-ended-sessions.ts";
import { tellAsOwed } from "#lib/relying-party/logout/tell-as-owed.ts";
import type { LogoutRoom } from "#lib/relying-party/logout/tell-relying-party.ts";
import { type Listening, listenToChannel } from "./listen-to-channel.ts";

/** Where nothing is heard of them, sessions that ended are looked for: so long after the last look, and ten times what it took. */
const LOOKED_FOR_AFTER = seconds(1);
const REST_PER_LOOK = 10;
/** Sessions past their 12 hours and roles past their day say nothing; they are looked for. */
const LOOKED_THROUGH_EVERY = minutes(1);

export type LogoutsPortal = {
  /** Where the application's role connects. */
  databaseUrl: string;
  /** The URL is the owner's, so the connection steps down to this role. */
  stepDownTo?: string;
  /** False where a pooler lies between, which passes no notifications on. */
  listens?: boolean;
  systemContext: () => Context;
  room: LogoutRoom;
  log: Record<"warn" | "error", (details: object, message: string) => void>;
};

export type Logouts = { ready: Promise<void>; stop: () => Promise<void> };

/**
 * Ends what hung on sessions of the portal as those end, and tells the relying parties: at once where somebody does it, within
 * a minute where time does. Any number of instances may; what one has taken the others leave.
 */
export function followLogouts(portal: LogoutsPortal): Logouts {
  const { databaseUrl, stepDownTo, listens = true, systemContext, room, log } = portal;
  const telling = tellAsOwed(systemContext, room, log);
  let ended = new Set<string>();
  let all = false;
  let working: Promise<void> | null = null;
  let stopped = false;

  const work = (): void => {
    if (stopped) return;
    working ??= (async () => {
      while (all || ended.size > 0) {
        const which = all ? null : [...ended];
        all = false;
        ended = new Set();
        await settleEndedSessions(systemContext(), which);
      }
    })()
      // The next minute looks at all of them again.
      .catch((err: unknown) => log.error({ err }, "sessions that ended could not be settled"))
      .finally(() => {
        working = null;
        void telling.look();
      });
  };
  const lookThrough = (): void => {
    all = true;
    work();
  };

  const hear = (): Listening =>
    listenToChannel(stepDownTo ? beginningAs(stepDownTo, databaseUrl) : databaseUrl, LOGOUTS_CHANNEL, {
      began: lookThrough,
      lost: (err) => log.warn({ err }, "sign-outs are not heard of for a moment"),
      heard: (sessionId) => {
        if (isUuid(sessionId)) ended.add(sessionId);
        work();
      },
    });
  const lookOften = (): Listening => {
    let next: NodeJS.Timeout | undefined;
    const look = async (): Promise<void> => {
      const began = performance.now();
      lookThrough();
      await working;
      if (!stopped)
        next = setTimeout(() => void look(), LOOKED_FOR_AFTER + REST_PER_LOOK * (performance.now() - began));
    };
    return { ready: look(), stop: async () => clearTimeout(next) };
  };
  const listening = listens ? hear() : lookOften();
  const clock = setInterval(lookThrough, LOOKED_THROUGH_EVERY);
  clock.unref();

  return {
    ready: listening.ready,
    stop: async () => {
      stopped = true;
      clearInterval(clock);
      await listening.stop();
      await working;
      await telling.stop();
    },
  };
}
