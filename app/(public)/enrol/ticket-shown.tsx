import { getLocale } from "next-intl/server";
import { Submit } from "#components/form/submit.tsx";
import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { TicketShown as Ticket } from "#lib/recovery/enrolment/begin-enrolment.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { CallHelpdesk } from "../recover/call-helpdesk.tsx";
import { goOn } from "./actions.ts";

const steps = { signIn: "login", choose: "fingerprint", lost: "trash", signOut: "logout" } as const;

/** What a ticket is good for, before anything happens. */
export async function TicketShown({ ticket }: { ticket: Ticket }) {
  const [language, t] = await Promise.all([getLocale(), getTranslations("enrol.ready")]);
  return (
    <SignInPanel wide under={<CallHelpdesk />}>
      <h1>{t("heading")}</h1>
      <p className="lead">{t("lead", { at: formatDate(ticket.expiresAt, language) })}</p>
      <h2 className="h4 mt-6">{t("what")}</h2>
      <ul className="ready mt-3">
        {(Object.keys(steps) as (keyof typeof steps)[]).map((step) => (
          <li key={step}>
            <Icon name={steps[step]} />
            <span>{t(step)}</span>
          </li>
        ))}
      </ul>
      <form action={goOn} className="actions">
        <Submit block busy={t("busy")}>
          {t("button")}
        </Submit>
      </form>
      <p className="muted mt-6">{t.rich("forgot", { a: (words) => <a href="/recover">{words}</a> })}</p>
    </SignInPanel>
  );
}
