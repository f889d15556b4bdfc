import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { HelpdeskCard, Rail, ReadyList } from "#components/layout/rail.tsx";
import { config } from "#lib/server/config.ts";
import { offeredOffices } from "#lib/server/offices.ts";
import { messages } from "#lib/text/messages.ts";
import { domainsInWords } from "#lib/text/refusal-words.ts";
import { RegisterForm } from "./form.tsx";
import { RegistrationFlow } from "./registration-flow.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("register"))("title") };
}

export default async function RegisterPage() {
  const [language, t, offices] = await Promise.all([getLocale(), getTranslations("register"), offeredOffices()]);
  const { register, form, captcha } = messages[language];
  const words = {
    ...register.form,
    officialEmailHint: t("form.officialEmailHint", { domains: domainsInWords(language, config().emailDomains) }),
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
        elsewhere={{
          address: `/api/countries/${language}`,
          plain: t("form.countryPlain"),
          failed: t("form.countryFailed"),
          retry: t("form.countryRetry"),
          phone: config().agency.helpdeskPhone,
        }}
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
