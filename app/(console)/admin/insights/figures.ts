import type { Metric } from "#lib/administration/insights/metrics.ts";
import type { Insights } from "#lib/administration/insights/view-insights.ts";
import type { Context } from "#lib/kernel/context.ts";
import { formatDay } from "#lib/text/format-date.ts";

type Language = Context["request"]["language"];

/** How a reader of a language writes figures: `12,345`, `63%`; and a week, in short for an axis and whole for a table. */
export function figuresIn(language: Language) {
  const plain = new Intl.NumberFormat(language === "ms" ? "ms-MY" : "en-MY");
  const parts = new Intl.NumberFormat(language === "ms" ? "ms-MY" : "en-MY", {
    style: "percent",
    maximumFractionDigits: 0,
  });
  const noon = (day: string) => new Date(`${day}T12:00:00+08:00`);
  const short = new Intl.DateTimeFormat(language === "ms" ? "ms-MY" : "en-MY", {
    day: "numeric",
    month: "short",
    timeZone: "Asia/Kuala_Lumpur",
  });
  return {
    number: (value: number) => plain.format(value),
    /** A dash of nothing: there is no part of it. */
    percent: (value: number, of: number) => (of === 0 ? "–" : parts.format(value / of)),
    week: (monday: string) => formatDay(noon(monday), language),
    shortWeek: (monday: string) => short.format(noon(monday)),
  };
}
export type Figures = ReturnType<typeof figuresIn>;

export const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

/** A metric week by week, oldest first. */
export const byWeek = (insights: Insights, metric: Metric): number[] =>
  insights.weeks.map((week) => insights.inWeek(metric, week));
