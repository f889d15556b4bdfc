import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { getLocale } from "next-intl/server";
import { PrintButton } from "#app/(public)/guide/print-button.tsx";
import { QrCode } from "#app/totp-setup/qr-code.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { viewCounter } from "#lib/campaign/onsite/counter/view-counter.ts";
import { findSession } from "#lib/campaign/onsite/find-session.ts";
import { groupedCode } from "#lib/kernel/mailed-secrets.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { formatTime } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { orMissing } from "../../../../../../../../or-missing.tsx";
import { counterPath } from "../../../../paths.ts";
import { CounterFrame } from "../counter-frame.tsx";
import { TicketState } from "../ticket-state.tsx";

type Props = { params: Promise<{ campaign: string; session: string; account: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("onsite.ticket"))("title") };
}

/** What lets somebody activate on their own phone: for the officer who handed it over, and while it opens something. */
async function TicketPage({ params }: Props) {
  const { campaign, session: sessionId, account } = await params;
  const back = counterPath(campaign, sessionId, account);
  const [{ ctx, officer }, language, t] = await Promise.all([
    requireOfficer(`${back}/ticket`, "presence.verify"),
    getLocale(),
    getTranslations("onsite.ticket"),
  ]);
  const session =
    (await findSession(ctx, officer, "presence.verify", { campaignId: campaign, sessionId })) ?? notFound();
  const person = (await viewCounter(ctx, officer, sessionId, account)) ?? notFound();
  const { ticket } = person;
  // Used, run out, or another officer's: what became of it is said there.
  if (!ticket?.secrets) redirect(back);
  return (
    <CounterFrame
      session={session}
      language={language}
      heading={t("heading")}
      lead={t("lead", { name: person.fullName })}
      above={{ href: back, name: person.fullName }}
    >
      <section className="card counter" aria-labelledby="scan">
        <div>
          <h2 className="h4" id="scan">
            {t("scan")}
          </h2>
          <QrCode text={`${ctx.origin}/activate/${ticket.secrets.token}`} label={t("qr")} />
        </div>
        <div>
          <h2 className="h4">{t("or")}</h2>
          <p className="counter-link">{`${ctx.origin}/activate/code`}</p>
          <h3 className="h4 mt-4">{t("code")}</h3>
          <p className="spoken-code">{groupedCode(ticket.secrets.code)}</p>
          <p>
            <strong>{t("until", { at: formatTime(ticket.expiresAt, language) })}</strong>
          </p>
          <h3 className="h4 mt-6">{t("steps")}</h3>
          <ol>
            {messages[language].onsite.ticket.list.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          <div className="off-paper mt-6">
            <TicketState ticket={ticket} ids={{ campaign, session: sessionId, account }} language={language} shown />
          </div>
          <div className="row off-paper mt-6">
            <PrintButton label={messages[language].onsite.print.print} />
            <LinkButton variant="quiet" small href={back}>
              {t("back")}
            </LinkButton>
          </div>
        </div>
      </section>
    </CounterFrame>
  );
}

export default orMissing(TicketPage);
