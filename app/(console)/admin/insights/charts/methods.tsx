import { BarRows } from "#components/chart/bar-rows.tsx";
import { signInMethods } from "#lib/administration/insights/metrics.ts";
import type { Insights } from "#lib/administration/insights/view-insights.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { type Figures, sum } from "../figures.ts";
import { FiguresTable } from "../figures-table.tsx";

/** How people got in: a bar a method, the most used first, then by week. */
export async function Methods({ insights, figures }: { insights: Insights; figures: Figures }) {
  const t = await getTranslations("insights");
  const { number, percent, week } = figures;
  const used = signInMethods
    .map((method) => ({ method, name: t(`methods.names.${method}`), value: insights.inAll(`sign_in.${method}`) }))
    .filter(({ value }) => value > 0)
    .sort((one, other) => other.value - one.value);
  const all = sum(used.map(({ value }) => value));
  const rows = insights.weeks
    .map((monday, n) => {
      const values = used.map(({ method }) => insights.inWeek(`sign_in.${method}`, monday));
      const name = n === insights.weeks.length - 1 ? t("thisWeek", { week: week(monday) }) : week(monday);
      return { key: monday, name, cells: [...values, sum(values)].map(number) };
    })
    .reverse();
  const total = [...used.map(({ value }) => value), all].map(number);
  return (
    <section className="card insight" aria-labelledby="methods">
      <h2 className="h3" id="methods">
        {t("methods.heading")}
      </h2>
      <p className="said">{t("methods.said")}</p>
      <BarRows
        of={all}
        rows={used.map(({ name, value }) => ({
          name,
          value,
          figures: t("times", { value: number(value), percent: percent(value, all) }),
        }))}
      />
      <FiguresTable
        caption={t("methods.table")}
        first={t("week")}
        columns={[...used.map(({ name }) => name), t("total")]}
        rows={[...rows, { key: "total", name: t("total"), cells: total, total: true }]}
      />
    </section>
  );
}
