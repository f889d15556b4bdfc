import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { maskIdentity } from "#lib/kernel/identity-number.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { pendingRecovery } from "#lib/server/request/pending-recovery.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { identityForm } from "../../../identity-form.ts";
import { MailedCodeForm } from "../../../mailed-code/form.tsx";
import { CallHelpdesk } from "../../call-helpdesk.tsx";
import { enterRecoveryCode } from "./actions.ts";

const PATH = "/recover/second-factor/code";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("lostFactor.code"))("title") };
}

/** Where the letter was opened on another device than this one. */
export default async function RecoveryCodePage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [language, t, recover, ctx, { type, other }] = await Promise.all([
    getLocale(),
    getTranslations("lostFactor.code"),
    getTranslations("recover"),
    currentContext(),
    searchParams,
  ]);
  const pending = other === undefined && type === undefined ? await pendingRecovery(ctx, "lost") : null;
  const { kind, words, countries, other: otherKind } = identityForm(language, type);
  const all = messages[language];
  return (
    <SignInPanel under={<CallHelpdesk />}>
      <MailedCodeForm
        action={enterRecoveryCode}
        words={all.recover.code}
        summary={{ one: all.form.errorOne, many: all.form.errorMany }}
        identity={pending ? undefined : { kind, words, countries }}
      >
        <h1>{t("heading")}</h1>
        <p className="lead">{t("lead")}</p>
        {pending && (
          <p>
            {t("forNumber", { identity: maskIdentity(pending.identity) })} <a href={`${PATH}?other`}>{t("other")}</a>
          </p>
        )}
      </MailedCodeForm>
      <ul className="links">
        {!pending && (
          <li>
            <a href={`${PATH}${otherKind.query || "?other"}`}>{recover(otherKind.words)}</a>
          </li>
        )}
        <li>
          <a href="/recover/second-factor/start">{t("askNew")}</a>
        </li>
        <li>
          <a href="/sign-in">{recover("signIn")}</a>
        </li>
      </ul>
    </SignInPanel>
  );
}
