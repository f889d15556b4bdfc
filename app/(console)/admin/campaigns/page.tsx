import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { SplitBar } from "#components/chart/split-bar.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { type ListedBoard, listBoards } from "#lib/campaign/board/list-boards.ts";
import { everybody, percentDone } from "#lib/campaign/board/progress.ts";
import { beginningOf } from "#lib/kernel/calendar-day.ts";
import type { Language } from "#lib/kernel/context.ts";
import { holds } from "#lib/office/roles/rights.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { formatDay } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { ConsoleFrame } from "../../console-frame.tsx";
import { orMissing } from "../../or-missing.tsx";
import { CampaignsNav } from "./campaign-nav.tsx";
import { CAMPAIGNS_PATH, campaignPath } from "./paths.ts";
import { CampaignStateBadge } from "./state-badge.tsx";

const NEW_PATH = `${CAMPAIGNS_PATH}/new`;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("campaignBoard.list"))("title") };
}

/** Every campaign an officer may see, those at work first. */
async function CampaignsPage() {
  const [{ ctx, officer }, language, t] = await Promise.all([
    requireOfficer(CAMPAIGNS_PATH, "campaign.view"),
    getLocale(),
    getTranslations("campaignBoard.list"),
  ]);
  const boards = await listBoards(ctx, officer);
  const mayAdd = holds(officer, "admin.change");
  const add = (
    <LinkButton href={NEW_PATH} icon="plus">
      {t("new")}
    </LinkButton>
  );
  return (
    <ConsoleFrame here="campaigns" heading={t("heading")} lead={t("lead")} beside={mayAdd && boards.length > 0 && add}>
      <CampaignsNav here="campaigns" />
      {boards.length === 0 ? (
        <section className="card" aria-label={t("heading")}>
          <div className="empty">
            <Chip icon="flag" />
            <h2 className="h3">{t("emptyHeading")}</h2>
            <p>{t(mayAdd ? "emptyText" : "emptyWaiting")}</p>
            {mayAdd && add}
          </div>
        </section>
      ) : (
        <ul className="campaigns">
          {boards.map((board) => (
            <Listed key={board.id} board={board} language={language} />
          ))}
        </ul>
      )}
    </ConsoleFrame>
  );
}

async function Listed({ board, language }: { board: ListedBoard; language: Language }) {
  const t = await getTranslations("campaignBoard.list");
  const { id, nameMs, nameEn, state, phases, fromDay, untilDay, phaseNow, progress } = board;
  const day = (value: string) => formatDay(beginningOf(value), language);
  const figures = new Intl.NumberFormat(language === "ms" ? "ms-MY" : "en-MY");
  const { done, underWay, notBegun } = progress;
  const [said, all] = [{ done: figures.format(done) }, everybody(progress)];
  const percent = percentDone(progress);
  return (
    <li className="card campaign">
      <div className="top-line">
        <h2 className="h3">
          <a href={campaignPath(id)}>{language === "ms" ? nameMs : nameEn}</a>
        </h2>
        <CampaignStateBadge state={state} />
      </div>
      <p className="muted">
        {fromDay && untilDay
          ? t("spanPhases", { count: phases, from: day(fromDay), until: day(untilDay) })
          : t("noPhases")}
        {state === "running" && phaseNow !== null && <> · {t("nowPhase", { number: phaseNow })}</>}
      </p>
      {percent === null ? (
        state !== "draft" && <p className="muted">{t("nobody")}</p>
      ) : (
        <>
          <SplitBar
            parts={[done, underWay, notBegun]}
            label={t("bar", {
              ...said,
              underWay: figures.format(underWay),
              notBegun: figures.format(notBegun),
            })}
          />
          <p className="figures">
            <strong>{percent}%</strong> {t("figures", { ...said, all: figures.format(all) })}
          </p>
        </>
      )}
    </li>
  );
}

export default orMissing(CampaignsPage);
