import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { identityForm } from "../../../identity-form.ts";
import { CallHelpdesk } from "../../call-helpdesk.tsx";
import { ClaimForm } from "../../claim-form.tsx";
import { askForRecovery } from "../actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("lostFactor.start"))("title") };
}

/** Whose second factor is lost. The same for everybody: it looks at no cookie. */
export default async function StartPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [language, t, recover, { type }] = await Promise.all([
    getLocale(),
    getTranslations("lostFactor.start"),
    getTranslations("recover"),
    searchParams,
  ]);
  const { kind, words, countries, other } = identityForm(language, type);
  const all = messages[language];
  return (
    <SignInPanel under={<CallHelpdesk />}>
      <ClaimForm
        action={askForRecovery}
        kind={kind}
        words={{ ...words, ...all.recover.ask }}
        captcha={all.captcha}
        summary={{ one: all.form.errorOne, many: all.form.errorMany }}
        countries={countries}
      >
        <h1>{t("heading")}</h1>
        <p className="lead">{t("lead")}</p>
        <div className="field">
          <Callout icon="clock">{t("time")}</Callout>
        </div>
      </ClaimForm>
      <p>
        <a href={`/recover/second-factor/start${other.query}`}>{recover(other.words)}</a>
      </p>
      <hr className="divide" />
      <ul className="links">
        <li>
          <a href="/recover/second-factor/code">{t("haveCode")}</a>
        </li>
        <li>
          <a href="/recover/second-factor">{t("otherWays")}</a>
        </li>
        <li>
          <a href="/sign-in">{recover("signIn")}</a>
        </li>
      </ul>
    </SignInPanel>
  );
}
