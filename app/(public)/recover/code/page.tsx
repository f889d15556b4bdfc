import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { MailAddress } from "#components/ui/mail-address.tsx";
import { currentContext } from "#lib/server/request/current-context.ts";
import { pendingRecovery } from "#lib/server/request/pending-recovery.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { MailedCodeForm } from "../../mailed-code/form.tsx";
import { CallHelpdesk } from "../call-helpdesk.tsx";
import { enterResetCode } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("recover.code"))("title") };
}

/** Where the letter was opened on another device than this one. */
export default async function ResetCodePage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [language, t, ctx, { other }] = await Promise.all([
    getLocale(),
    getTranslations("recover.code"),
    currentContext(),
    searchParams,
  ]);
  const pending = other === undefined ? await pendingRecovery(ctx, "forgot") : null;
  const { recover, form } = messages[language];
  const { officialEmail: label, officialEmailHint: hint } = recover.ask;
  return (
    <SignInPanel under={<CallHelpdesk guide="forgot-password" />}>
      <MailedCodeForm
        action={enterResetCode}
        words={recover.code}
        summary={{ one: form.errorOne, many: form.errorMany }}
        officialEmail={pending ? undefined : { label, hint }}
      >
        <h1>{t("heading")}</h1>
        <p className="lead">{t("lead")}</p>
        {pending && (
          <p>
            {t.rich("forMailbox", { email: () => <MailAddress address={pending.officialEmail} /> })}{" "}
            <a href="/recover/code?other">{t("other")}</a>
          </p>
        )}
      </MailedCodeForm>
      <ul className="links">
        <li>
          <a href="/recover">{t("askNew")}</a>
        </li>
        <li>
          <a href="/sign-in">{t("signIn")}</a>
        </li>
      </ul>
    </SignInPanel>
  );
}
