import { ColumnChart } from "#components/chart/column-chart.tsx";
import type { Fill } from "#components/chart/patterns.tsx";
import type { Metric } from "#lib/administration/insights/metrics.ts";
import type { Insights } from "#lib/administration/insights/view-insights.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { byWeek, type Figures, sum } from "../figures.ts";
import { FiguresTable } from "../figures-table.tsx";

export type WeeklySeries = { metric: Metric; name: string; fill: Fill };

type WeeklyProps = {
  id: string;
  heading: string;
  said: string;
  /** The chart in words. */
  label: string;
  caption: string;
  series: readonly WeeklySeries[];
  insights: Insights;
  figures: Figures;
};

/** Something by weeks: columns, and beneath them a table, newest first. */
export async function Weekly({ id, heading, said, label, caption, series, insights, figures }: WeeklyProps) {
  const t = await getTranslations("insights");
  const values = series.map(({ metric }) => byWeek(insights, metric));
  const { weeks } = insights;
  const cellsOf = (numbers: readonly number[]) =>
    (series.length > 1 ? [...numbers, sum(numbers)] : numbers).map(figures.number);
  const rows = weeks
    .map((week, n) => ({
      key: week,
      name: n === weeks.length - 1 ? t("thisWeek", { week: figures.week(week) }) : figures.week(week),
      cells: cellsOf(values.map((each) => each[n] ?? 0)),
    }))
    .reverse();
  return (
    <section className="card insight" aria-labelledby={id}>
      <h2 className="h3" id={id}>
        {heading}
      </h2>
      <p className="said">{said}</p>
      <ColumnChart
        label={label}
        columns={weeks.map(figures.shortWeek)}
        series={series.map(({ name, fill }, n) => ({ name, fill, values: values[n] ?? [] }))}
        numbers={figures.number}
      />
      <FiguresTable
        caption={caption}
        first={t("week")}
        columns={[...series.map(({ name }) => name), ...(series.length > 1 ? [t("total")] : [])]}
        rows={[...rows, { key: "total", name: t("total"), cells: cellsOf(values.map(sum)), total: true }]}
      />
    </section>
  );
}
