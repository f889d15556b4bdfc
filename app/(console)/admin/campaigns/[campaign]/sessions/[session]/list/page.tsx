import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { PrintButton } from "#app/(public)/guide/print-button.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Table } from "#components/ui/table.tsx";
import { findSession } from "#lib/campaign/onsite/find-session.ts";
import { listPlaces } from "#lib/campaign/onsite/list-places.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { formatDate, formatTime } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { ConsoleFrame } from "../../../../../../console-frame.tsx";
import { orMissing } from "../../../../../../or-missing.tsx";
import { timesOf } from "../../look.ts";
import { sessionPath, sessionsPath } from "../../paths.ts";

type Props = { params: Promise<{ campaign: string; session: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("onsite.print"))("title") };
}

/** For the table at the door: who is to come, with room for a signature. */
async function AttendanceListPage({ params }: Props) {
  const { campaign: campaignId, session: sessionId } = await params;
  const path = sessionPath(campaignId, sessionId, "list");
  const [{ ctx, officer, session: signed }, language, t] = await Promise.all([
    requireOfficer(path, "campaign.view"),
    getLocale(),
    getTranslations("onsite.print"),
  ]);
  const session = (await findSession(ctx, officer, "campaign.view", { campaignId, sessionId })) ?? notFound();
  const places = await listPlaces(ctx, officer, sessionId);
  const { onsite } = messages[language];
  const time = (await getTranslations("onsite"))("time", timesOf(session, language));
  return (
    <ConsoleFrame
      here="campaigns"
      above={[
        { href: sessionsPath(campaignId), name: onsite.list.heading },
        { href: sessionPath(campaignId, sessionId), name: session.place },
      ]}
      heading={t("heading")}
      lead={`${session.place} · ${time}`}
      beside={
        <span className="off-paper row">
          <PrintButton label={t("print")} />
        </span>
      }
    >
      <section className="card onsite-paper" aria-label={t("heading")}>
        {places.length === 0 ? (
          <p>{onsite.people.empty}</p>
        ) : (
          <Table
            heads={[t("person"), t("identity"), t("office"), t("state"), t("document"), t("signature")]}
            rows={places.map((place, n) => ({
              key: place.id,
              cells: [
                `${n + 1}. ${place.fullName}`,
                <span key="identity" className="num onsite-number">
                  {place.identity}
                </span>,
                place.office,
                place.checkedInAt
                  ? onsite.people.at.replace("{at}", formatTime(place.checkedInAt, language))
                  : onsite.people.states[place.state],
                place.document ? onsite.counter.documents[place.document] : "",
                "",
              ],
            }))}
          />
        )}
        <p className="muted mt-4">{t("printed", { at: formatDate(ctx.now(), language), name: signed.fullName })}</p>
      </section>
      <p className="off-paper mt-6">
        <LinkButton variant="quiet" href={sessionPath(campaignId, sessionId)}>
          {t("back")}
        </LinkButton>
      </p>
    </ConsoleFrame>
  );
}

export default orMissing(AttendanceListPage);
