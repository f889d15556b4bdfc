import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { identityForm } from "../identity-form.ts";
import { askForReset } from "./actions.ts";
import { CallHelpdesk } from "./call-helpdesk.tsx";
import { ClaimForm } from "./claim-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("recover"))("title") };
}

/** "Lupa kata laluan". The same for everybody: it looks at no cookie. */
export default async function RecoverPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [language, t, { type }] = await Promise.all([getLocale(), getTranslations("recover"), searchParams]);
  const { kind, words, countries, other } = identityForm(language, type);
  const { captcha, form, recover } = messages[language];
  return (
    <SignInPanel under={<CallHelpdesk guide="forgot-password" />}>
      <ClaimForm
        action={askForReset}
        kind={kind}
        words={{ ...words, ...recover.ask }}
        captcha={captcha}
        summary={{ one: form.errorOne, many: form.errorMany }}
        countries={countries}
      >
        <h1>{t("heading")}</h1>
        <p className="lead">{t("lead")}</p>
        <p>{t("unlocks")}</p>
      </ClaimForm>
      <p>
        <a href={`/recover${other.query}`}>{t(other.words)}</a>
      </p>
      <hr className="divide" />
      <ul className="links">
        <li>
          <a href="/recover/code">{t("haveCode")}</a>
        </li>
        <li>{t.rich("lostFactor", { a: (words) => <a href="/recover/second-factor">{words}</a> })}</li>
        <li>
          <a href="/sign-in">{t("signIn")}</a>
        </li>
      </ul>
    </SignInPanel>
  );
}
