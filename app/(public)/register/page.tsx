import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { HelpdeskCard, Rail, ReadyList } from "#components/layout/rail.tsx";
import { config } from "#lib/server/config.ts";
import { offeredOffices } from "#lib/server/offices.ts";
import { messages } from "#lib/text/messages.ts";
import { countryOptions } from "../country-options.ts";
import { RegisterForm } from "./form.tsx";
import { RegistrationFlow } from "./registration-flow.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("register"))("title") };
}

export default async function RegisterPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [language, t, offices, { type }] = await Promise.all([
    getLocale(),
    getTranslations("register"),
    offeredOffices(),
    searchParams,
  ]);
  const { register, form, captcha } = messages[language];
  const words = {
    ...register.form,
    officialEmailHint: t("form.officialEmailHint", { domains: config().emailDomains.join(", ") }),
  };
  const rail = (
    <Rail>
      <ReadyList
        title={t("readyTitle")}
        items={[
          { icon: "id", text: t("readyIdentity") },
          { icon: "mail", text: t("readyMailbox") },
          { icon: "clock", text: t("readyTime") },
        ]}
      />
      <HelpdeskCard phone={config().agency.helpdeskPhone} />
    </Rail>
  );
  return (
    <RegistrationFlow current={0} rail={rail}>
      <RegisterForm
        words={words}
        summary={{ one: form.errorOne, many: form.errorMany }}
        captcha={captcha}
        countries={type === "passport" ? countryOptions(language, register.form.countryPlaceholder) : ""}
        offices={offices.map(({ id, code, name }) => ({ value: id, label: `${code} ${name}` }))}
      >
        <h1>{t("heading")}</h1>
        <p className="lead">{t("lead")}</p>
      </RegisterForm>
      <hr className="divide" />
      <p className="muted">
        {t("haveAccount")} <a href="/sign-in">{t("signIn")}</a>. {t("preRegistered")}{" "}
        <a href="/activate">{t("activate")}</a>.
      </p>
    </RegistrationFlow>
  );
}
