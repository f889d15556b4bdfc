import { dayOf } from "#lib/kernel/calendar-day.ts";
import { before, days } from "#lib/kernel/time.ts";

/** How many weeks are looked at. */
export const spans = [4, 12, 26, 52] as const;
export type Span = (typeof spans)[number];

const asDate = (day: string): Date => new Date(`${day}T00:00:00Z`);

/** The Monday of a day's week. */
export function mondayOf(day: string): string {
  const date = asDate(day);
  return before(date, days((date.getUTCDay() + 6) % 7))
    .toISOString()
    .slice(0, 10);
}

/** The Mondays of the last so many weeks, the one under way included, oldest first. */
export function weeksUntil(now: Date, howMany: number): string[] {
  const last = asDate(mondayOf(dayOf(now)));
  return Array.from({ length: howMany }, (_, n) =>
    before(last, days(7 * (howMany - 1 - n)))
      .toISOString()
      .slice(0, 10),
  );
}
