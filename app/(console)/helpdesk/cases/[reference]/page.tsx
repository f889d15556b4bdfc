import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { Done } from "#app/(account)/settings/done.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { listTimeline } from "#lib/helpdesk/account/list-timeline.ts";
import { type CaseView, findCase } from "#lib/helpdesk/cases/find-case.ts";
import type { Context } from "#lib/kernel/context.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { ConsoleFrame } from "../../../console-frame.tsx";
import { doneOf } from "../../../done-of.ts";
import { orMissing } from "../../../or-missing.tsx";
import { wordsOfTimeline } from "../../accounts/[account]/parts/timeline-words.ts";
import { accountPath, unmaskPath } from "../../accounts/[account]/paths.ts";
import { Decisions } from "./decisions.tsx";
import { casePath } from "./paths.ts";
import { WishRows } from "./wish-rows.tsx";

type PageProps = { params: Promise<{ reference: string }>; searchParams: Promise<Record<string, unknown>> };

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: `${(await getTranslations("cases"))("title")} ${(await params).reference}` };
}

/** What somebody has asked officers to look at, and what may be decided on it. */
async function CasePage({ params, searchParams }: PageProps) {
  const [{ reference }, { done }] = await Promise.all([params, searchParams]);
  const [{ ctx, officer }, language, t, common] = await Promise.all([
    requireOfficer(casePath(reference), "case.answer"),
    getLocale(),
    getTranslations("cases"),
    getTranslations("console"),
  ]);
  const seen = await findCase(ctx, officer, reference);
  if (!seen) notFound();
  const reported = await reportedEvent(ctx, seen);
  const { person, state, wish } = seen;
  const words = doneOf(messages[language].cases.done, done);
  return (
    <ConsoleFrame
      here="work"
      above={[{ href: `/helpdesk/work?show=cases`, name: common("tabs.work") }]}
      heading={t(`kinds.${wish.kind}`)}
      lead={<span className="num">{reference}</span>}
      beside={
        <Badge tone={state === "approved" ? "ok" : state === "open" ? "warn" : undefined}>{t(`states.${state}`)}</Badge>
      }
    >
      {words && <Done words={words} />}
      <div className="split">
        <div className="cards">
          <section className="card" aria-labelledby="case">
            <h2 className="h4" id="case">
              {t("facts.heading")}
            </h2>
            <dl className="facts">
              <div>
                <dt>{t("facts.person")}</dt>
                <dd>
                  <a href={accountPath(person.id)}>{person.fullName}</a> <span className="num">{person.identity}</span>
                </dd>
                <dd className="note">
                  {person.office.code} {person.office.name}
                </dd>
              </div>
              <WishRows seen={seen} />
              {reported && (
                <div>
                  <dt>{t("facts.reported")}</dt>
                  <dd>{reported.what}</dd>
                  <dd className="note">{reported.note}</dd>
                </div>
              )}
              <Fact name={t("facts.reason")} value={seen.reason ?? t("facts.noReason")} />
              <Fact name={t("facts.openedAt")} value={formatDate(seen.openedAt, language)} />
              {seen.endedAt && <Fact name={t("facts.endedAt")} value={formatDate(seen.endedAt, language)} />}
              {seen.decidedBy && <Fact name={t("facts.decidedBy")} value={seen.decidedBy} />}
              {seen.answer && <Fact name={t("facts.answer")} value={seen.answer} />}
            </dl>
            {wish.kind === "identity" && seen.may.decide && (
              <p className="mt-3">
                <a href={unmaskPath(person.id)}>{t("seeNumbers")}</a>
              </p>
            )}
          </section>
        </div>
        {state === "open" && (
          <div className="cards">
            <Decisions seen={seen} />
          </div>
        )}
      </div>
    </ConsoleFrame>
  );

  /** The line of the account's timeline that was reported. */
  async function reportedEvent(asking: Context, { wish: about, person: { id } }: CaseView) {
    if (about.kind !== "report" || about.eventId === null) return null;
    const { lines } = await listTimeline(asking, id, about.eventId + 1);
    const line = lines.find((each) => about.kind === "report" && each.id === about.eventId);
    if (!line) return null;
    const { what, from } = wordsOfTimeline(language)(line);
    return { what, note: [formatDate(line.at, language), ...from].join(" · ") };
  }
}

const Fact = ({ name, value }: { name: string; value: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
);

export default orMissing(CasePage);
