import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { Done } from "#app/(account)/settings/done.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { findBoard } from "#lib/campaign/board/find-board.ts";
import { isOpen } from "#lib/campaign/definition/campaign-state.ts";
import { listRuns } from "#lib/campaign/letters/list-runs.ts";
import { plannedRuns, restsToday } from "#lib/campaign/letters/planned-runs.ts";
import { beginningOf } from "#lib/kernel/calendar-day.ts";
import { holds, scopeOf } from "#lib/office/roles/rights.ts";
import { config } from "#lib/server/config.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { formatWeekday } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { ConsoleFrame } from "../../../../console-frame.tsx";
import { orMissing } from "../../../../or-missing.tsx";
import { LookAgain } from "../../../staff-register/look-again.tsx";
import { CampaignNav } from "../../campaign-nav.tsx";
import { CAMPAIGNS_PATH, campaignPath } from "../../paths.ts";
import { PlanCard } from "./plan-card.tsx";
import { RemindCard } from "./remind-card.tsx";
import { RunsTable } from "./runs-table.tsx";
import { runsPath, whomOf } from "./whom.ts";

type PageProps = { params: Promise<{ campaign: string }>; searchParams: Promise<Record<string, unknown>> };

const dones = ["paused", "resumed", "stopped"] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("campaignLetters"))("title") };
}

/** The letters of a campaign: what went out and to how many, what the schedule will send, and a reminder by hand. */
async function RunsPage({ params, searchParams }: PageProps) {
  const [{ campaign: id }, asked] = await Promise.all([params, searchParams]);
  const [{ ctx }, language, t, list] = await Promise.all([
    requireOfficer(runsPath(id), "campaign.view"),
    getLocale(),
    getTranslations("campaignLetters"),
    getTranslations("campaignBoard.list"),
  ]);
  const found = await findBoard(ctx, id);
  if (!found.ok) notFound();
  const { officer, campaign } = found.value;
  const [runs, planned, isQuietToday] = await Promise.all([
    listRuns(ctx, officer, id),
    plannedRuns(ctx, id),
    restsToday(ctx, id),
  ]);
  const whom = whomOf((name) => asked[name]);
  const told = dones.find((each) => each === asked.done);
  const count = Number(asked.count);
  const first = isOpen(campaign.state) ? planned[0]?.day : null;
  const isSending = runs.some(({ state }) => state === "running");
  return (
    <ConsoleFrame
      here="campaigns"
      above={[
        { href: CAMPAIGNS_PATH, name: list("title") },
        { href: campaignPath(id), name: language === "ms" ? campaign.nameMs : campaign.nameEn },
      ]}
      heading={t("heading")}
      lead={t("lead")}
    >
      {asked.done === "started" && Number.isSafeInteger(count) && <Done words={t("done.started", { count })} />}
      {told && <Done words={t(`done.${told}`)} />}
      {asked.done === "moved" && <Callout tone="warn">{t("moved")}</Callout>}
      <CampaignNav campaignId={id} here="runs" />
      <section className="card" aria-labelledby="runs">
        <h2 id="runs">{t("run.heading")}</h2>
        {runs.length === 0 ? (
          <div className="empty">
            <h3>{t("run.none")}</h3>
            <p>{first ? t("run.noneYet", { day: formatWeekday(beginningOf(first), language) }) : t("run.noneText")}</p>
          </div>
        ) : (
          <RunsTable campaignId={id} runs={runs} language={language} />
        )}
        {runs.length > 0 && !scopeOf(officer, "campaign.view").all && <p className="hint mt-4">{t("run.yours")}</p>}
        {isSending && (
          <>
            <p className="hint mt-4">{t("run.pace", { perMinute: config().mail.perMinute })}</p>
            <noscript>
              <LinkButton variant="second" small href={runsPath(id)}>
                {t("run.again")}
              </LinkButton>
            </noscript>
            {!whom && <LookAgain />}
          </>
        )}
      </section>
      {isOpen(campaign.state) && holds(officer, "campaign.remind") && campaign.phases.length > 0 && (
        <RemindCard ctx={ctx} campaign={campaign} whom={whom} isQuietToday={isQuietToday} />
      )}
      <PlanCard planned={planned} language={language} />
    </ConsoleFrame>
  );
}

export default orMissing(RunsPage);
