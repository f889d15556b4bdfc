import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { HelpdeskCard, Rail, ReadyList } from "#components/layout/rail.tsx";
import { config } from "#lib/server/config.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { identityForm } from "../identity-form.ts";
import { RegistrationFlow } from "../register/registration-flow.tsx";
import { AskForLinkForm } from "./form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("activate"))("title") };
}

export default async function ActivatePage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [language, t, register, { type }] = await Promise.all([
    getLocale(),
    getTranslations("activate"),
    getTranslations("register"),
    searchParams,
  ]);
  const { kind, words, countries, other } = identityForm(language, type);
  const rail = (
    <Rail>
      <ReadyList
        title={register("readyTitle")}
        items={[
          { icon: "id", text: register("readyIdentity") },
          { icon: "mail", text: register("readyMailbox") },
        ]}
      />
      <HelpdeskCard phone={config().agency.helpdeskPhone} />
    </Rail>
  );
  return (
    <RegistrationFlow current={1} rail={rail}>
      <AskForLinkForm
        kind={kind}
        words={{ ...words, submit: t("submit"), submitting: t("submitting") }}
        summary={{ one: messages[language].form.errorOne, many: messages[language].form.errorMany }}
        countries={countries}
      >
        <h1>{t("heading")}</h1>
        <p className="lead">
          {t("lead")} {t("forWhom")}
        </p>
      </AskForLinkForm>
      <p>
        <a href={`/activate${other.query}`}>{t(other.words)}</a>
      </p>
      <hr className="divide" />
      <ul className="links">
        <li>
          <a href={`/activate/code${kind === "passport" ? "?type=passport" : ""}`}>{t("haveCode")}</a>
        </li>
        {config().registration === "open" && (
          <li>
            {t("noAccount")} <a href="/register">{t("register")}</a>
          </li>
        )}
        <li>
          <a href="/sign-in">{t("signIn")}</a>
        </li>
      </ul>
    </RegistrationFlow>
  );
}
