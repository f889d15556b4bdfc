import { beginningOf } from "#lib/kernel/calendar-day.ts";
import type { Language } from "#lib/kernel/context.ts";
import { formatDay } from "#lib/text/format-date.ts";

/** How a reader of a language writes figures (`1,284`) and days (`2026-12-15` as `15 Disember 2026`). */
export function figuresIn(language: Language) {
  const plain = new Intl.NumberFormat(language === "ms" ? "ms-MY" : "en-MY");
  const day = (value: string) => formatDay(beginningOf(value), language);
  return {
    number: (value: number) => plain.format(value),
    day,
    /** Without its year where another day beside it has the same one: `1 Oktober`. */
    dayBeside: (value: string, beside: string) =>
      value.slice(0, 4) === beside.slice(0, 4) ? withoutYear(day(value)) : day(value),
  };
}
export type Figures = ReturnType<typeof figuresIn>;

const withoutYear = (day: string): string => day.replace(/ \d{4}$/, "");
