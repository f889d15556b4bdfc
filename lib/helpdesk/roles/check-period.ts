import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { after, days } from "#lib/kernel/time.ts";

/** How far ahead a role may be granted. */
const LATEST_START = days(366);

/** `until`: null for no end. */
export type Period = { from: Date; until: Date | null };
/** period_backwards: it is over before it begins, or by now. period_far: it begins more than a year ahead. */
export type PeriodRefusal = "period_backwards" | "period_far";

/** Whether a role may be held for this long. */
export function checkPeriod(now: Date, { from, until }: Period): Result<null, PeriodRefusal> {
  if (until && (until <= from || until <= now)) return refuse("period_backwards");
  return from > after(now, LATEST_START) ? refuse("period_far") : ok(null);
}
