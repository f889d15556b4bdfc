import { ok, type Result, refuse } from "./result.ts";
import { after, hours } from "./time.ts";

/** The agency's zone is eight hours ahead of UTC the whole year round. */
const ZONE_AHEAD = hours(8);
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** The moment a day begins in the agency's zone, of a day as browsers send it: `2026-11-21`. */
export function parseDay(value: unknown): Result<Date, "day_unknown"> {
  const [, year, month, day] = (typeof value === "string" && DAY.exec(value)) || [];
  if (year === undefined) return refuse("day_unknown");
  const at = new Date(`${year}-${month}-${day}T00:00:00+08:00`);
  // 30 February becomes March: a day that there is reads the same again.
  return !Number.isNaN(at.getTime()) && dayOf(at) === value ? ok(at) : refuse("day_unknown");
}

/** The day of a moment in the agency's zone: `2026-11-21`. */
export const dayOf = (at: Date): string => after(at, ZONE_AHEAD).toISOString().slice(0, 10);
