import type { Context } from "#lib/kernel/context.ts";
import { claimOwedLogouts, type OwedLogout } from "./claim-owed-logouts.ts";
import { type LogoutRoom, tellRelyingParty } from "./tell-relying-party.ts";

type Log = Record<"warn" | "error", (details: object, message: string) => void>;

export type Telling = {
  /** Looks for what is due and begins to tell it; whoever calls this during a look is answered by one more. */
  look: () => Promise<void>;
  /** Resolves when nothing is under way. */
  idle: () => Promise<void>;
  /** Begins nothing more, and waits for what is under way: some seconds. */
  stop: () => Promise<void>;
};

/**
 * Tells relying parties of sign-outs, each at its own pace: one that is dead or slow keeps nobody waiting but itself. What
 * failed is tried again when it is due.
 */
export function tellAsOwed(contextOf: () => Context, room: LogoutRoom, log: Log): Telling {
  const busy = new Map<string, Promise<void>>();
  let looking: Promise<void> | null = null;
  let wanted = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let timerAt = Number.POSITIVE_INFINITY;

  const look = (): Promise<void> => {
    if (stopped) return Promise.resolve();
    wanted = true;
    looking ??= (async () => {
      try {
        while (wanted) {
          wanted = false;
          begin(await claimOwedLogouts(contextOf(), [...busy.keys()]));
        }
      } catch (err) {
        log.error({ err }, "what systems are owed could not be looked for");
      } finally {
        looking = null;
      }
    })();
    return looking;
  };

  const begin = (claimed: readonly OwedLogout[]): void => {
    for (const [relyingPartyId, owed] of Map.groupBy(claimed, (each) => each.relyingPartyId)) {
      const telling = Promise.all(owed.map(tell)).then(() => {
        busy.delete(relyingPartyId);
        return look();
      });
      busy.set(relyingPartyId, telling);
    }
  };

  const tell = async (owed: OwedLogout): Promise<void> => {
    const { relyingPartyId, id: relyingPartySessionId, tries } = owed;
    try {
      const ctx = contextOf();
      const told = await tellRelyingParty(ctx, room, owed);
      if (told === "told") return;
      const again = told === "given_up" ? null : told;
      log.warn({ relyingPartyId, relyingPartySessionId, tries, again }, "a system was not told of a sign-out");
      if (again) wakeAt(again.again.getTime() - ctx.now().getTime());
    } catch (err) {
      // Its claim runs out, and it is tried again.
      log.error({ err, relyingPartyId, relyingPartySessionId }, "a system could not be told of a sign-out");
    }
  };

  /** In so many milliseconds, unless it looks earlier anyway. */
  const wakeAt = (wait: number): void => {
    if (stopped || performance.now() + wait >= timerAt) return;
    clearTimeout(timer);
    timerAt = performance.now() + wait;
    timer = setTimeout(() => {
      timerAt = Number.POSITIVE_INFINITY;
      void look();
    }, wait);
    timer.unref();
  };

  const idle = async (): Promise<void> => {
    while (looking || busy.size > 0) await Promise.all([looking, ...busy.values()]);
  };
  return {
    look,
    idle,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await idle();
    },
  };
}
