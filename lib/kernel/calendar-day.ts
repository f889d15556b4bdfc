import { ok, type Result, refuse } from "./result.ts";
import { after, before, days, hours } from "./time.ts";

/** The agency's zone, Asia/Kuala_Lumpur, has been eight hours ahead of UTC the whole year round since 1982. */
export const ZONE_AHEAD = hours(8);

const DAY = /^20\d\d-\d\d-\d\d$/;

/** Whether there is such a day of this century, as browsers send it: `2026-11-21`. */
export function isDay(value: unknown): value is string {
  if (typeof value !== "string" || !DAY.test(value)) return false;
  const at = new Date(`${value}T00:00:00Z`);
  // 30 February becomes March: a day that there is reads the same again.
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value);
}

/** The moment a day (`2026-11-21`) begins in the agency's zone. */
export const beginningOf = (day: string): Date => before(new Date(`${day}T00:00:00Z`), ZONE_AHEAD);

/** The moment it is over. */
export const endOf = (day: string): Date => after(beginningOf(day), days(1));

/** Reads a day as browsers send it: the moment it begins. */
export const parseDay = (value: unknown): Result<Date, "day_unknown"> =>
  isDay(value) ? ok(beginningOf(value)) : refuse("day_unknown");

/** The day of a moment in the agency's zone: `2026-11-21`. */
export const dayOf = (at: Date): string => after(at, ZONE_AHEAD).toISOString().slice(0, 10);

/** The day so many days after (or, negative, before) another: `2026-11-21`. */
export const daysLater = (day: string, howMany: number): string =>
  after(new Date(`${day}T00:00:00Z`), days(howMany))
    .toISOString()
    .slice(0, 10);

/** Whole days from one day (`2026-11-21`) to a later one. */
export const daysBetween = (from: string, until: string): number =>
  Math.round((beginningOf(until).getTime() - beginningOf(from).getTime()) / days(1));
