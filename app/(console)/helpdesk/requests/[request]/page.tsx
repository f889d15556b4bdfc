import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { Done } from "#app/(account)/settings/done.tsx";
import { Submit } from "#components/form/submit.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { type RequestView, viewRequest } from "#lib/helpdesk/two-officers/view-request.ts";
import type { Language } from "#lib/kernel/context.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { typedBefore } from "#lib/server/sign-in/step-up.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { ConsoleFrame } from "../../../console-frame.tsx";
import { orMissing } from "../../../or-missing.tsx";
import { accountPath } from "../../accounts/[account]/paths.ts";
import { LacksFactor } from "../../accounts/[account]/roles/lacks-factor.tsx";
import { requestPath, ticketPath } from "../paths.ts";
import { withdraw } from "./actions.ts";
import { DecideForm } from "./decide-form.tsx";
import { RequestFacts } from "./request-facts.tsx";
import { shownState, stateLook } from "./state-look.ts";

type PageProps = { params: Promise<{ request: string }>; searchParams: Promise<Record<string, unknown>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("officerRequests.page"))("asked") };
}

const done = ["requested", "approved", "declined", "withdrawn"] as const;

/** What takes two officers: what is asked for and why, and what whoever looks can do with it. */
async function RequestPage({ params, searchParams }: PageProps) {
  const [{ request: id }, asked] = await Promise.all([params, searchParams]);
  const [{ ctx, officer }, language, t] = await Promise.all([
    requireOfficer(requestPath(id), "account.view"),
    getLocale(),
    getTranslations("officerRequests"),
  ]);
  const request = await viewRequest(ctx, officer, id);
  if (!request) notFound();
  const shown = shownState(request);
  const toast = done.find((each) => each === asked.done);
  return (
    <ConsoleFrame
      here="work"
      above={[{ href: "/helpdesk/work", name: t("page.crumb") }]}
      heading={t(`kinds.${request.kind}`)}
      lead={request.person.fullName}
      beside={
        <Badge tone={stateLook[shown].tone} icon={stateLook[shown].icon}>
          {t(`states.${shown}`)}
        </Badge>
      }
    >
      {toast && <Done words={t(`page.done.${toast}`)} />}
      {request.stoppedAt && (
        <div role="alert" className="mb-6">
          <Callout tone="bad">{t("page.stoppedText")}</Callout>
        </div>
      )}
      <div className="split">
        <div className="cards">
          <RequestFacts request={request} />
          {request.lacksSecondFactor && request.state === "open" && <LacksFactor name={request.person.fullName} />}
          {request.state === "open" && <Deciding request={request} language={language} />}
        </div>
        <div className="cards">
          <Whose request={request} />
          {request.ticket && <TicketCard request={request} ticket={request.ticket} language={language} />}
        </div>
      </div>
    </ConsoleFrame>
  );
}

async function Deciding({ request, language }: { request: RequestView; language: Language }) {
  const t = await getTranslations("officerRequests.page");
  const { form, console: consoles, officerRequests } = messages[language];
  const { decide, withdraw: mayWithdraw } = request.may;
  return (
    <section className="card" aria-labelledby="decide">
      <h2 className="h3" id="decide">
        {t("decide")}
      </h2>
      {decide && (
        <>
          <p>{t("decideText")}</p>
          <DecideForm
            requestId={request.id}
            words={officerRequests.page}
            reason={consoles.reason}
            summary={{ one: form.errorOne, many: form.errorMany }}
            typed={(await typedBefore(requestPath(request.id)))?.reason}
          />
        </>
      )}
      {mayWithdraw && (
        <>
          <p>{t("own")}</p>
          <form action={withdraw} className="actions">
            <input type="hidden" name="request" value={request.id} />
            <Submit variant="danger" busy={t("withdrawing")}>
              {t("withdraw")}
            </Submit>
          </form>
        </>
      )}
      {!decide && !mayWithdraw && <p>{t("cannot")}</p>}
    </section>
  );
}

async function Whose({ request: { person } }: { request: RequestView }) {
  const t = await getTranslations("officerRequests.page");
  return (
    <section className="card" aria-labelledby="person">
      <h2 className="h3" id="person">
        {t("person")}
      </h2>
      <p className="mt-3">
        <strong>{person.fullName}</strong>
      </p>
      <dl className="facts mt-3">
        <div>
          <dt>{t("identity")}</dt>
          <dd className="num">{person.identity}</dd>
        </div>
        <div>
          <dt>{t("office")}</dt>
          <dd>{person.office}</dd>
        </div>
      </dl>
      <div className="actions">
        <LinkButton variant="second" small href={accountPath(person.id)}>
          {t("toAccount")}
        </LinkButton>
      </div>
    </section>
  );
}

type TicketCardProps = { request: RequestView; ticket: NonNullable<RequestView["ticket"]>; language: Language };

async function TicketCard({ request, ticket, language }: TicketCardProps) {
  const t = await getTranslations("officerRequests.page");
  return (
    <section className="card" aria-labelledby="ticket">
      <h2 className="h3" id="ticket">
        {t("ticket")}
      </h2>
      <p>{t(`ticketStates.${ticket.state}`, { at: formatDate(ticket.expiresAt, language) })}</p>
      {request.may.showTicket && (
        <div className="actions">
          <LinkButton icon="eye" small href={ticketPath(request.id)}>
            {t("show")}
          </LinkButton>
        </div>
      )}
      {ticket.state === "open" && <p className="muted mt-3">{t("onlyTwo")}</p>}
    </section>
  );
}

export default orMissing(RequestPage);
