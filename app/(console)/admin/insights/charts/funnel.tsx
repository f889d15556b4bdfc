import { BarRows } from "#components/chart/bar-rows.tsx";
import { type FunnelStep, funnelSteps } from "#lib/administration/insights/metrics.ts";
import type { Insights } from "#lib/administration/insights/view-insights.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import type { Figures } from "../figures.ts";
import { FiguresTable } from "../figures-table.tsx";

type FunnelProps = { insights: Insights; offices: Insights["offices"]; figures: Figures };

/** How far those of the period have come: a bar a step, then the same by office and by week. */
export async function Funnel({ insights, offices, figures }: FunnelProps) {
  const t = await getTranslations("insights");
  const { number, percent, week } = figures;
  const reached = funnelSteps.map((step) => insights.inAll(`funnel.${step}`));
  const [registered = 0] = reached;
  const columns = funnelSteps.map((step) => t(`funnel.steps.${step}`));
  const cellsOf = (of: (step: FunnelStep) => number) => funnelSteps.map((step) => number(of(step)));
  const total = { key: "total", name: t("total"), cells: reached.map(number), total: true };
  const byOffice = offices
    .filter(({ id }) => insights.inOffice("funnel.registered", id) > 0)
    .map(({ id, name }) => ({ key: id, name, cells: cellsOf((step) => insights.inOffice(`funnel.${step}`, id)) }));
  const byWeek = insights.weeks
    .map((monday, n) => ({
      key: monday,
      name: n === insights.weeks.length - 1 ? t("thisWeek", { week: week(monday) }) : week(monday),
      cells: cellsOf((step) => insights.inWeek(`funnel.${step}`, monday)),
    }))
    .reverse();
  return (
    <section className="card insight" aria-labelledby="funnel">
      <h2 className="h3" id="funnel">
        {t("funnel.heading")}
      </h2>
      <p className="said">{t("funnel.said")}</p>
      <BarRows
        of={registered}
        rows={funnelSteps.map((step, n) => {
          const value = reached[n] ?? 0;
          const lost = value - (reached[n + 1] ?? value);
          return {
            name: t(`funnel.steps.${step}`),
            value,
            figures: t("of", { value: number(value), percent: percent(value, registered) }),
            ...(lost > 0 && { note: t("funnel.lost", { value: number(lost) }) }),
          };
        })}
      />
      {offices.length > 1 && (
        <FiguresTable
          caption={t("funnel.byOffice")}
          first={t("office")}
          columns={columns}
          rows={[...byOffice, total]}
        />
      )}
      <FiguresTable caption={t("funnel.byWeek")} first={t("week")} columns={columns} rows={[...byWeek, total]} />
    </section>
  );
}
