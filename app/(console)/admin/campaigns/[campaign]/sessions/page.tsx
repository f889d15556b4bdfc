import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { LinkButton } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { Table } from "#components/ui/table.tsx";
import { type SessionFigures, sessionsOf } from "#lib/campaign/onsite/list-sessions.ts";
import { nameOfCampaign } from "#lib/campaign/onsite/name-of-campaign.ts";
import type { Language } from "#lib/kernel/context.ts";
import { holds } from "#lib/office/roles/rights.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { ConsoleFrame } from "../../../../console-frame.tsx";
import { orMissing } from "../../../../or-missing.tsx";
import { CampaignNav } from "../../campaign-nav.tsx";
import { CAMPAIGNS_PATH, campaignPath } from "../../paths.ts";
import { lookOf, timesOf } from "./look.ts";
import { sessionPath, sessionsPath } from "./paths.ts";
import { SessionBadge } from "./state-badge.tsx";

type Props = { params: Promise<{ campaign: string }>; searchParams: Promise<Record<string, unknown>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("onsite.list"))("title") };
}

/** The sessions in person of a campaign for people of the officer's: those to come, and those that are over. */
async function SessionsPage({ params, searchParams }: Props) {
  const { campaign: campaignId } = await params;
  const [{ ctx, officer }, language, t, common, { before }] = await Promise.all([
    requireOfficer(sessionsPath(campaignId), "campaign.view"),
    getLocale(),
    getTranslations("onsite.list"),
    getTranslations("console"),
    searchParams,
  ]);
  const campaign = (await nameOfCampaign(ctx, campaignId)) ?? notFound();
  const { toCome, past, next } = await sessionsOf(ctx, officer, campaignId, {
    before: typeof before === "string" ? before : null,
  });
  const mayAdd = holds(officer, "onsite.manage") && campaign.state !== "closed";
  const add = (
    <LinkButton href={`${sessionsPath(campaignId)}/new`} icon="plus">
      {t("new")}
    </LinkButton>
  );
  const isEmpty = toCome.length + past.length === 0;
  const now = ctx.now();
  return (
    <ConsoleFrame
      here="campaigns"
      above={[
        { href: CAMPAIGNS_PATH, name: common("tabs.campaigns") },
        { href: campaignPath(campaignId), name: language === "ms" ? campaign.nameMs : campaign.nameEn },
      ]}
      heading={t("heading")}
      lead={t("lead")}
      beside={mayAdd && !isEmpty && add}
    >
      <CampaignNav campaignId={campaignId} here="sessions" />
      {isEmpty ? (
        <section className="card" aria-label={t("heading")}>
          <div className="empty">
            <Chip icon="calendar" />
            <h2 className="h3">{t("emptyHeading")}</h2>
            <p>{t(mayAdd ? "emptyText" : "emptyWaiting")}</p>
            {mayAdd && add}
          </div>
        </section>
      ) : (
        <div className="onsite-lists">
          {toCome.length > 0 && (
            <Sessions id="to-come" heading={t("toCome")} of={toCome} language={language} now={now} />
          )}
          {past.length > 0 && <Sessions id="past" heading={t("past")} of={past} language={language} now={now} />}
          {next && (
            <p>
              <LinkButton variant="second" href={`${sessionsPath(campaignId)}?before=${next}#past`}>
                {t("more")}
              </LinkButton>
            </p>
          )}
        </div>
      )}
    </ConsoleFrame>
  );
}

type SessionsProps = { id: string; heading: string; of: readonly SessionFigures[]; language: Language; now: Date };

async function Sessions({ id, heading, of, language, now }: SessionsProps) {
  const [t, time] = await Promise.all([getTranslations("onsite.list"), getTranslations("onsite")]);
  return (
    <section className="card" aria-labelledby={id}>
      <h2 className="h3" id={id}>
        {heading}
      </h2>
      <Table
        className="mt-4"
        heads={[t("session"), t("offices"), t("figures"), t("state")]}
        rows={of.map(({ invited, booked, waiting, attended, ...session }) => ({
          key: session.id,
          cells: [
            <span key="session">
              <a href={sessionPath(session.campaignId, session.id)}>{session.place}</a>
              <br />
              <span className="muted">{time("time", timesOf(session, language))}</span>
            </span>,
            <OfficeNames key="offices" offices={session.offices} />,
            <span key="figures">
              {t("figuresLine", { booked: booked + attended, capacity: session.capacity })}
              <br />
              <span className="muted">{t("invitedLine", { invited, waiting, attended })}</span>
            </span>,
            <SessionBadge key="state" look={lookOf(session, now)} />,
          ],
        }))}
      />
    </section>
  );
}

/** The first few of them: a session may be for hundreds. */
function OfficeNames({ offices }: { offices: SessionFigures["offices"] }) {
  const shown = offices.slice(0, 3).map(({ code, name }) => `${code} ${name}`);
  return `${shown.join(", ")}${offices.length > shown.length ? ` +${offices.length - shown.length}` : ""}`;
}

export default orMissing(SessionsPage);
