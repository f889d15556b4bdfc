import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { HelpdeskCard, Rail } from "#components/layout/rail.tsx";
import { maskIdentity } from "#lib/kernel/identity-number.ts";
import { config } from "#lib/server/config.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { pendingRequest } from "#lib/server/request/pending-request.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { identityForm } from "../../identity-form.ts";
import { MailedCodeForm } from "../../mailed-code/form.tsx";
import { RegistrationFlow } from "../../register/registration-flow.tsx";
import { enterCode } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("activate.code"))("title") };
}

/** Where the letter was opened on another device than this one. */
export default async function CodePage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [language, t, ask, ctx, { type, other }] = await Promise.all([
    getLocale(),
    getTranslations("activate.code"),
    getTranslations("activate"),
    currentContext(),
    searchParams,
  ]);
  const pending = other === undefined && type === undefined ? await pendingRequest(ctx) : null;
  const { kind, words, countries, other: otherKind } = identityForm(language, type);
  const { activate, form } = messages[language];
  return (
    <RegistrationFlow
      current={1}
      rail={
        <Rail>
          <HelpdeskCard phone={config().agency.helpdeskPhone} />
        </Rail>
      }
    >
      <MailedCodeForm
        action={enterCode}
        words={activate.code}
        summary={{ one: form.errorOne, many: form.errorMany }}
        identity={pending ? undefined : { kind, words, countries }}
      >
        <h1>{t("heading")}</h1>
        <p className="lead">{t("lead")}</p>
        {pending && (
          <p>
            {t("forNumber", { identity: maskIdentity(pending.identity) })}{" "}
            <a href="/activate/code?other">{t("other")}</a>
          </p>
        )}
      </MailedCodeForm>
      <ul className="links">
        {!pending && (
          <li>
            <a href={`/activate/code${otherKind.query || "?other"}`}>{ask(otherKind.words)}</a>
          </li>
        )}
        <li>
          <a href="/activate">{t("askNew")}</a>
        </li>
      </ul>
    </RegistrationFlow>
  );
}
