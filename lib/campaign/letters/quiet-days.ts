import { daysLater } from "#lib/kernel/calendar-day.ts";

/** The days on which no letter of a campaign goes out: of the week (ISO, 1 Monday … 7 Sunday), and single ones. */
export type QuietDays = { quietWeekdays: readonly number[]; quietDays: readonly string[] };

const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7;

/** Whether letters rest on a day (`2026-11-21`). */
export const isQuiet = ({ quietWeekdays, quietDays }: QuietDays, day: string): boolean =>
  quietWeekdays.includes(weekdayOf(day)) || quietDays.includes(day);

/** Longer does no holiday last; a campaign whose every day is quiet sends nothing. */
const LOOKED_AHEAD = 62;

/** The day itself where letters go out on it, else the next one on which they do; null where there is none in sight. */
export function openDay(quiet: QuietDays, day: string): string | null {
  for (let n = 0; n <= LOOKED_AHEAD; n += 1) {
    const candidate = daysLater(day, n);
    if (!isQuiet(quiet, candidate)) return candidate;
  }
  return null;
}
