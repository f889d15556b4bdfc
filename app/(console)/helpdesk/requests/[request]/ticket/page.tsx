import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { getLocale } from "next-intl/server";
import { PrintButton } from "#app/(public)/guide/print-button.tsx";
import { QrCode } from "#app/totp-setup/qr-code.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { ticketOfRequest } from "#lib/helpdesk/factor-reset/ticket-of-request.ts";
import { viewRequest } from "#lib/helpdesk/two-officers/view-request.ts";
import { groupedCode } from "#lib/kernel/mailed-secrets.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { ConsoleFrame } from "../../../../console-frame.tsx";
import { orMissing } from "../../../../or-missing.tsx";
import { requestPath, ticketPath } from "../../paths.ts";

type PageProps = { params: Promise<{ request: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("officerRequests.ticket"))("title") };
}

/** For the counter: what lets its owner enrol one second factor, to be scanned, read out or printed. */
async function TicketPage({ params }: PageProps) {
  const { request: id } = await params;
  const [{ ctx, officer }, language, t] = await Promise.all([
    requireOfficer(ticketPath(id), "account.view"),
    getLocale(),
    getTranslations("officerRequests.ticket"),
  ]);
  const request = await viewRequest(ctx, officer, id);
  if (!request) notFound();
  const ticket = await ticketOfRequest(ctx, id);
  if (!ticket) redirect(requestPath(id));
  const page = `${ctx.origin}/enrol`;
  const words = messages[language].officerRequests;
  return (
    <ConsoleFrame
      here="work"
      above={[
        { href: "/helpdesk/work", name: words.page.crumb },
        { href: requestPath(id), name: words.kinds[request.kind] },
      ]}
      heading={t("title")}
      lead={t("lead", { name: request.person.fullName })}
    >
      <section className="card counter" aria-labelledby="scan">
        <div>
          <h2 className="h4" id="scan">
            {t("scan")}
          </h2>
          <QrCode text={`${page}/${ticket.token}`} label={t("qr")} />
        </div>
        <div>
          <h2 className="h4">{t("or")}</h2>
          <p className="counter-link">{page}</p>
          <h3 className="h4 mt-4">{t("code")}</h3>
          <p className="spoken-code">{groupedCode(ticket.code)}</p>
          <p>
            <strong>{t("until", { at: formatDate(ticket.expiresAt, language) })}</strong>
          </p>
          <h3 className="h4 mt-6">{t("steps")}</h3>
          <ol>
            {words.ticket.list.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          <div className="row off-paper mt-6">
            <PrintButton label={t("print")} />
            <LinkButton variant="quiet" small href={requestPath(id)}>
              {t("back")}
            </LinkButton>
          </div>
        </div>
      </section>
    </ConsoleFrame>
  );
}

export default orMissing(TicketPage);
