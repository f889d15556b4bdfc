import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { Done } from "#app/(account)/settings/done.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { onsiteDocuments } from "#lib/campaign/onsite/counter/check-in.ts";
import { viewCounter } from "#lib/campaign/onsite/counter/view-counter.ts";
import { findSession } from "#lib/campaign/onsite/find-session.ts";
import { counterIsOpen } from "#lib/campaign/onsite/session/session-times.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { typedBefore } from "#lib/server/sign-in/step-up.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { doneOf } from "../../../../../../../done-of.ts";
import { orMissing } from "../../../../../../../or-missing.tsx";
import { counterPath, sessionPath } from "../../../paths.ts";
import { CheckInCard } from "./check-in-card.tsx";
import { CounterFrame } from "./counter-frame.tsx";
import { HelpCard } from "./help-card.tsx";
import { PersonCard } from "./person-card.tsx";

type Props = {
  params: Promise<{ campaign: string; session: string; account: string }>;
  searchParams: Promise<Record<string, unknown>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("onsite.counter"))("title") };
}

/** Somebody at the counter: compare, record that they came, and help. */
async function CounterPage({ params, searchParams }: Props) {
  const { campaign, session: sessionId, account } = await params;
  const path = counterPath(campaign, sessionId, account);
  const [{ ctx, officer }, language, { done }, typed] = await Promise.all([
    requireOfficer(path, "onsite.check_in"),
    getLocale(),
    searchParams,
    typedBefore(path),
  ]);
  const ids = { campaign, session: sessionId, account };
  const session =
    (await findSession(ctx, officer, "onsite.check_in", { campaignId: campaign, sessionId })) ?? notFound();
  const person = (await viewCounter(ctx, officer, sessionId, account)) ?? notFound();
  const { onsite, form } = messages[language];
  const { counter } = onsite;
  const shared = {
    ids,
    person,
    language,
    documents: onsiteDocuments.map((value) => ({ value, label: counter.documents[value] })),
    summary: { one: form.errorOne, many: form.errorMany },
    open: counterIsOpen(session, ctx.now()),
  };
  const said = doneOf(counter.done, done);
  return (
    <CounterFrame session={session} language={language} heading={person.fullName} lead={counter.title}>
      {said && <Done words={said} />}
      <div className="onsite-page">
        <div className="onsite-main">
          <PersonCard person={person} language={language} />
          <CheckInCard {...shared} room={session.capacity - session.booked - session.attended > 0} />
          <HelpCard {...shared} typed={typed ?? {}} />
        </div>
        <div className="onsite-side">
          <LinkButton variant="second" href={sessionPath(campaign, sessionId)} icon="again">
            {counter.back}
          </LinkButton>
        </div>
      </div>
    </CounterFrame>
  );
}

export default orMissing(CounterPage);
