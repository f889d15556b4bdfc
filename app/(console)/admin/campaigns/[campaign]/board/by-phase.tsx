import { everybody, percentDone } from "#lib/campaign/board/progress.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { boardPath } from "../../paths.ts";
import { Figured } from "./by-office.tsx";
import { Progress } from "./progress.tsx";
import type { Seen } from "./seen.ts";

/** A bar a phase, which leads to its board. */
export async function ByPhase({ board, chosen, figures }: Seen) {
  const [t, list] = await Promise.all([getTranslations("campaignBoard.board"), getTranslations("campaignBoard.list")]);
  if (board.phases.length === 0) return null;
  return (
    <section className="card" aria-labelledby="by-phase">
      <h2 className="h3" id="by-phase">
        {t("byPhase")}
      </h2>
      <ul className="standings">
        {board.phases.map(({ phase, progress }) => (
          <li className="standing" key={phase?.id ?? "none"}>
            <div className="top-line">
              <a href={boardPath(board.campaign.id, { ...chosen, phase: phase?.number ?? "none" })}>
                {phase ? t("phase", { number: phase.number }) : t("noPhase")}
              </a>
              <span className="pct">{percentDone(progress) === null ? "–" : `${percentDone(progress)}%`}</span>
            </div>
            {phase && (
              <p className="muted">
                {t("span", {
                  from: figures.dayBeside(phase.fromDay, phase.untilDay),
                  until: figures.day(phase.untilDay),
                })}
              </p>
            )}
            <Progress progress={progress} figures={figures} />
            {everybody(progress) > 0 ? (
              <Figured progress={progress} figures={figures} />
            ) : (
              <p className="muted">{list("nobody")}</p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
