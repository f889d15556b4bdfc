import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { LinkButton } from "#components/ui/button.tsx";
import { type BoardFilters, parseBoardFilters, parsePage } from "#lib/campaign/board/board-filters.ts";
import { notThere } from "#lib/campaign/board/find-board.ts";
import { viewBoard } from "#lib/campaign/board/view-board.ts";
import { nextSession } from "#lib/campaign/onsite/list-sessions.ts";
import { countUnreturned } from "#lib/campaign/tokens/register/unreturned.ts";
import { dayOf } from "#lib/kernel/calendar-day.ts";
import { holds } from "#lib/office/roles/rights.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { ConsoleFrame } from "../../../console-frame.tsx";
import { orMissing } from "../../../or-missing.tsx";
import { CampaignNav } from "../campaign-nav.tsx";
import { figuresIn } from "../figures.ts";
import { CAMPAIGNS_PATH, campaignPath, exportPath } from "../paths.ts";
import { CampaignStateBadge } from "../state-badge.tsx";
import { ByOffice } from "./board/by-office.tsx";
import { ByPhase } from "./board/by-phase.tsx";
import { Draft } from "./board/draft.tsx";
import { FilterForm } from "./board/filter-form.tsx";
import { Hindrances } from "./board/hindrances.tsx";
import { KeepUp } from "./board/keep-up.tsx";
import { Kpis } from "./board/kpis.tsx";
import { NextSession } from "./board/next-session.tsx";
import { OldTokens } from "./board/old-tokens.tsx";
import type { Seen } from "./board/seen.ts";
import { Trend } from "./board/trend.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("campaignBoard.nav"))("board") };
}

type Asked = { params: Promise<{ campaign: string }>; searchParams: Promise<Record<string, unknown>> };

/** How a campaign stands in the officer's offices: what there is is counted once, and nothing is done by looking. */
async function BoardPage({ params, searchParams }: Asked) {
  const [{ campaign: id }, asked] = await Promise.all([params, searchParams]);
  const [{ ctx }, language, t, list] = await Promise.all([
    requireOfficer(campaignPath(id), "campaign.view"),
    getLocale(),
    getTranslations("campaignBoard.board"),
    getTranslations("campaignBoard.list"),
  ]);
  const filters = parseBoardFilters((name) => asked[name]);
  if (!filters.ok) {
    await notThere(ctx);
    notFound();
  }
  const found = await viewBoard(ctx, id, filters.value);
  if (!found.ok) notFound();
  const { officer, board } = found.value;
  const { campaign, shown } = board;
  const [session, tokens] = await Promise.all([nextSession(ctx, officer, id), countUnreturned(ctx, officer)]);
  const figures = figuresIn(language);
  const chosen: BoardFilters = { ...filters.value, phase: typeof shown === "object" ? shown.number : shown };
  const seen: Seen = { board, chosen, figures, officer, language, today: dayOf(ctx.now()) };
  const heading = language === "ms" ? campaign.nameMs : campaign.nameEn;
  return (
    <ConsoleFrame
      here="campaigns"
      above={[{ href: CAMPAIGNS_PATH, name: list("title") }]}
      heading={heading}
      lead={
        typeof shown === "object"
          ? `${t("phase", { number: shown.number })} · ${t("span", {
              from: figures.dayBeside(shown.fromDay, shown.untilDay),
              until: figures.day(shown.untilDay),
            })}`
          : t(shown === "all" ? "allPhases" : "noPhase")
      }
      beside={
        <>
          <CampaignStateBadge state={campaign.state} />
          {holds(officer, "campaign.export") && campaign.state !== "draft" && (
            <LinkButton variant="second" small icon="download" href={exportPath(id, chosen)} download>
              {t("export")}
            </LinkButton>
          )}
        </>
      }
    >
      <CampaignNav campaignId={id} here="board" />
      {campaign.state === "draft" ? (
        <Draft id={id} />
      ) : (
        <>
          <Kpis {...seen} />
          <FilterForm {...seen} />
          <KeepUp
            path={`${campaignPath(id)}/version`}
            version={board.version}
            asOf={campaign.asOf ? t("asOf", { at: formatDate(campaign.asOf, language) }) : t("notLooked")}
            updated={t("updated")}
          />
          <div className="split board">
            <div className="cards">
              <ByOffice {...seen} page={parsePage(asked.page)} />
              {shown === "all" && <ByPhase {...seen} />}
              <Trend {...seen} />
            </div>
            <div className="cards">
              <Hindrances {...seen} session={session} />
              <NextSession {...seen} session={session} />
              <OldTokens {...seen} tokens={tokens} />
            </div>
          </div>
        </>
      )}
    </ConsoleFrame>
  );
}

export default orMissing(BoardPage);
