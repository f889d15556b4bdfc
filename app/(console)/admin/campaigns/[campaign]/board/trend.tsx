import { AreaChart } from "#components/chart/area-chart.tsx";
import { Table } from "#components/ui/table.tsx";
import { everybody } from "#lib/campaign/board/progress.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { BarKey } from "./by-office.tsx";
import type { Seen } from "./seen.ts";

/** How it went day by day: the picture, and its figures for who does not see it. */
export async function Trend({ board, figures }: Seen) {
  const [t, states] = await Promise.all([
    getTranslations("campaignBoard.board"),
    getTranslations("campaignBoard.boardStates"),
  ]);
  const { trend } = board;
  const [first, last] = [trend[0], trend.at(-1)];
  if (!first || !last) return null;
  return (
    <section className="card trend" aria-labelledby="trend">
      <div className="card-head">
        <h2 className="h3" id="trend">
          {t("trend")}
        </h2>
        {trend.length > 1 && <BarKey />}
      </div>
      {trend.length === 1 ? (
        <p className="muted">{t("trendSoon")}</p>
      ) : (
        <>
          <AreaChart
            label={t("trendLabel", {
              from: figures.day(first.day),
              until: figures.day(last.day),
              doneFrom: figures.number(first.done),
              doneUntil: figures.number(last.done),
              all: figures.number(everybody(last)),
            })}
            columns={trend.map(({ done, underWay, notBegun }) => [done, underWay, notBegun])}
            ends={[figures.dayBeside(first.day, last.day), figures.day(last.day)]}
            numbers={figures.number}
          />
          <details className="refine">
            <summary>{t("trendTable")}</summary>
            <p className="sr">{t("trendCaption")}</p>
            <Table
              heads={[t("day"), states("done"), states("under_way"), states("not_begun"), t("total")]}
              rows={trend.toReversed().map((each) => ({
                key: each.day,
                cells: [
                  figures.day(each.day),
                  ...[each.done, each.underWay, each.notBegun, everybody(each)].map(figures.number),
                ],
              }))}
            />
          </details>
        </>
      )}
    </section>
  );
}
