import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { Done } from "#app/(account)/settings/done.tsx";
import { Submit } from "#components/form/submit.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { findSession, type SessionShown } from "#lib/campaign/onsite/find-session.ts";
import { listPlaces } from "#lib/campaign/onsite/list-places.ts";
import { reachesAll, reachesSome } from "#lib/campaign/onsite/session/reach-session.ts";
import { counterIsOpen, isToCome, takesSignUps } from "#lib/campaign/onsite/session/session-times.ts";
import type { Language } from "#lib/kernel/context.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { formatWeekday } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { ConsoleFrame } from "../../../../../console-frame.tsx";
import { doneOf } from "../../../../../done-of.ts";
import { orMissing } from "../../../../../or-missing.tsx";
import { campaignPath } from "../../../paths.ts";
import { cancel } from "../actions.ts";
import { lookOf } from "../look.ts";
import { sessionPath, sessionsPath } from "../paths.ts";
import { SessionBadge } from "../state-badge.tsx";
import { FactsCard } from "./parts/facts-card.tsx";
import { NumberForm } from "./parts/number-form.tsx";
import { PeopleCard } from "./parts/people-card.tsx";

type Props = {
  params: Promise<{ campaign: string; session: string }>;
  searchParams: Promise<Record<string, unknown>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("onsite.list"))("title") };
}

/** One session: its figures, who is on its list, and on its day the counter. */
async function SessionPage({ params, searchParams }: Props) {
  const { campaign: campaignId, session: sessionId } = await params;
  const path = sessionPath(campaignId, sessionId);
  const [{ ctx, officer }, language, { done, refused }] = await Promise.all([
    requireOfficer(path, "campaign.view"),
    getLocale(),
    searchParams,
  ]);
  const ids = { campaignId, sessionId };
  const session = (await findSession(ctx, officer, "campaign.view", ids)) ?? notFound();
  const places = await listPlaces(ctx, officer, sessionId);
  const { onsite, form } = messages[language];
  const summary = { one: form.errorOne, many: form.errorMany };
  const now = ctx.now();
  const officeIds = session.offices.map(({ id }) => id);
  const goesOn = isToCome(session, now) && !session.campaignClosed;
  const managesSome = goesOn && reachesSome(officer, "onsite.manage", officeIds);
  const managesAll = goesOn && reachesAll(officer, "onsite.manage", officeIds);
  const checksIn = reachesSome(officer, "onsite.check_in", officeIds);
  const counterOpen = checksIn && counterIsOpen(session, now);
  return (
    <ConsoleFrame
      here="campaigns"
      above={[
        { href: campaignPath(campaignId), name: language === "ms" ? session.campaignMs : session.campaignEn },
        { href: sessionsPath(campaignId), name: onsite.list.heading },
      ]}
      heading={session.place}
      lead={formatWeekday(session.startsAt, language)}
      beside={<SessionBadge look={lookOf(session, now)} />}
    >
      <Said done={doneOf(onsite.page.done, done)} refused={doneOf(onsite.refused, refused)} />
      <div className="onsite-page">
        <div className="onsite-main">
          {counterOpen && (
            <section className="card" aria-labelledby="counter">
              <h2 className="h3" id="counter">
                {onsite.find.heading}
              </h2>
              <p>{onsite.find.lead}</p>
              <NumberForm does="find" {...ids} words={onsite.find} summary={summary} />
            </section>
          )}
          <FactsCard session={session} language={language} />
          <PeopleCard ids={ids} places={places} language={language} mayRelease={managesSome} mayCheckIn={counterOpen} />
        </div>
        <div className="onsite-side">
          <Doors session={session} canChange={managesAll} canInvite={managesSome && takesSignUps(session, now)} />
          {managesSome && (
            <section className="card" aria-labelledby="add">
              <h2 className="h4" id="add">
                {onsite.add.heading}
              </h2>
              <p>{onsite.add.text}</p>
              <NumberForm does="add" {...ids} words={onsite.add} summary={summary} />
            </section>
          )}
          {checksIn && !counterOpen && goesOn && <NotToday session={session} language={language} />}
          {managesAll && <CancelCard session={session} />}
        </div>
      </div>
    </ConsoleFrame>
  );
}

function Said({ done, refused }: { done: string | undefined; refused: string | undefined }) {
  return (
    <>
      {done && <Done words={done} />}
      {refused && (
        <div role="alert" className="admin-note">
          <Callout tone="warn">{refused}</Callout>
        </div>
      )}
    </>
  );
}

type DoorsProps = { session: SessionShown; canChange: boolean; canInvite: boolean };

async function Doors({ session: { campaignId, id }, canChange, canInvite }: DoorsProps) {
  const t = await getTranslations("onsite.page");
  return (
    <div className="onsite-doors">
      {canInvite && (
        <LinkButton href={sessionPath(campaignId, id, "invite")} icon="user-plus">
          {t("invite")}
        </LinkButton>
      )}
      {canChange && (
        <LinkButton variant="second" href={sessionPath(campaignId, id, "edit")} icon="edit">
          {t("edit")}
        </LinkButton>
      )}
      <LinkButton variant="second" href={sessionPath(campaignId, id, "list")} icon="print">
        {t("print")}
      </LinkButton>
    </div>
  );
}

async function NotToday({ session, language }: { session: SessionShown; language: Language }) {
  const t = await getTranslations("onsite.find");
  return <Callout icon="clock">{t("notToday", { day: formatWeekday(session.startsAt, language) })}</Callout>;
}

async function CancelCard({ session: { campaignId, id, version } }: { session: SessionShown }) {
  const t = await getTranslations("onsite.page");
  return (
    <section className="card" aria-label={t("cancelHeading")}>
      <p>{t("cancelText")}</p>
      <details className="sure">
        <summary>{t("cancelHeading")}</summary>
        <form action={cancel} className="actions">
          <input type="hidden" name="campaign" value={campaignId} />
          <input type="hidden" name="session" value={id} />
          <input type="hidden" name="version" value={version} />
          <Submit variant="danger" busy={t("cancelling")}>
            {t("cancel")}
          </Submit>
        </form>
      </details>
    </section>
  );
}

export default orMissing(SessionPage);
