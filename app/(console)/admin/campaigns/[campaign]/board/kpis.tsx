import { everybody, percentDone } from "#lib/campaign/board/progress.ts";
import { daysBetween } from "#lib/kernel/calendar-day.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { Progress } from "./progress.tsx";
import type { Seen } from "./seen.ts";

/** How much is done, how much is not, and how long there is. */
export async function Kpis({ board, figures, today }: Seen) {
  const t = await getTranslations("campaignBoard.board");
  const { progress, shown, campaign } = board;
  const all = everybody(progress);
  const time = timeOf(shown, today);
  return (
    <div className="kpis board-kpis">
      <div className="card kpi">
        <p className="top-line">
          <span className="v">{percentDone(progress) ?? 0}%</span>
          <span className="l">{t("figures", { done: figures.number(progress.done), all: figures.number(all) })}</span>
        </p>
        <Progress progress={progress} figures={figures} />
      </div>
      <div className="card kpi">
        <p className="v">{figures.number(all - progress.done)}</p>
        <p className="l">{t("left")}</p>
      </div>
      <div className="card kpi">
        {time ? (
          <>
            <p className="v">{figures.number(time.days)}</p>
            <p className="l">
              {t(time.said, { from: figures.day(time.day), until: figures.dayBeside(time.day, today) })}
            </p>
          </>
        ) : (
          <>
            <p className="v">{figures.number(campaign.phases.length)}</p>
            <p className="l">{t("inPhases")}</p>
          </>
        )}
      </div>
    </div>
  );
}

type Time = { days: number; day: string; said: "daysLeft" | "lastDay" | "daysBefore" | "daysAfter" };

/** Where a phase stands in its time; null where it is no single one. */
function timeOf(shown: Seen["board"]["shown"], today: string): Time | null {
  if (typeof shown !== "object") return null;
  const { fromDay, untilDay } = shown;
  if (today < fromDay) return { days: daysBetween(today, fromDay), day: fromDay, said: "daysBefore" };
  if (today > untilDay) return { days: daysBetween(untilDay, today), day: untilDay, said: "daysAfter" };
  const left = daysBetween(today, untilDay);
  return left === 0 ? { days: 0, day: untilDay, said: "lastDay" } : { days: left, day: untilDay, said: "daysLeft" };
}
