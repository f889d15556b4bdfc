import type { callerCheck } from "#db/schema/helpdesk.ts";
import { after, minutes } from "#lib/kernel/time.ts";
import { limits } from "#lib/throttle/limits.ts";

export type CallerCheck = typeof callerCheck.$inferSelect;

/** As long as two people compare codes on the telephone. */
export const CHECK_LIFETIME = minutes(10);
/** For so long after it the caller counts as the owner, for that officer. Product rules. */
export const VERIFIED_FOR = minutes(15);

/**
 * Where a check stands. started: nobody has answered yet · typed: somebody typed the spoken
 * code who has not shown yet who they are · answered: the caller has the counterpart · passed · lapsed:
 * it passed, more than 15 minutes ago · failed: too many wrong tries, stopped, or another one was started · expired.
 */
export type CheckState = "started" | "typed" | "answered" | "passed" | "lapsed" | "failed" | "expired";

export function checkState(of: CallerCheck, now: Date): CheckState {
  if (of.verifiedAt) return after(of.verifiedAt, VERIFIED_FOR) > now ? "passed" : "lapsed";
  if (of.failedAt || of.tries >= limits.counterpartTries) return "failed";
  if (of.expiresAt <= now) return "expired";
  if (of.answeredBy) return "answered";
  return of.answeredAt ? "typed" : "started";
}

/** Still under way. */
export const isLiving = (of: CallerCheck, now: Date): boolean => {
  const state = checkState(of, now);
  return state === "started" || state === "typed" || state === "answered";
};
