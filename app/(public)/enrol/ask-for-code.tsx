import { getLocale } from "next-intl/server";
import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { maskIdentity } from "#lib/kernel/identity-number.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { pendingRecovery } from "#lib/server/request/pending-recovery.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { identityForm } from "../identity-form.ts";
import { MailedCodeForm } from "../mailed-code/form.tsx";
import { CallHelpdesk } from "../recover/call-helpdesk.tsx";
import { enterTicketCode } from "./actions.ts";

/** The eight digits of a ticket, from the letter or from an officer at the counter. `type`: of the page's address. */
export async function AskForCode({ type }: { type: unknown }) {
  const [language, t, recover, lost, ctx] = await Promise.all([
    getLocale(),
    getTranslations("enrol.code"),
    getTranslations("recover"),
    getTranslations("lostFactor.code"),
    currentContext(),
  ]);
  const pending = type === undefined ? await pendingRecovery(ctx, "lost") : null;
  const { kind, words, countries, other } = identityForm(language, type);
  const { enrol, form } = messages[language];
  return (
    <SignInPanel under={<CallHelpdesk />}>
      <MailedCodeForm
        action={enterTicketCode}
        words={enrol.code}
        summary={{ one: form.errorOne, many: form.errorMany }}
        identity={pending ? undefined : { kind, words, countries }}
      >
        <h1>{t("heading")}</h1>
        <p className="lead">{t("lead")}</p>
        {pending && (
          <p>
            {lost("forNumber", { identity: maskIdentity(pending.identity) })}{" "}
            <a href="/enrol?type=mykad">{lost("other")}</a>
          </p>
        )}
      </MailedCodeForm>
      <ul className="links">
        {!pending && (
          <li>
            <a href={`/enrol${other.query || "?type=mykad"}`}>{recover(other.words)}</a>
          </li>
        )}
        <li>{t.rich("noCode", { a: (words) => <a href="/recover/second-factor">{words}</a> })}</li>
        <li>
          <a href="/sign-in">{recover("signIn")}</a>
        </li>
      </ul>
    </SignInPanel>
  );
}
