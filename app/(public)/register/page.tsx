import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { HelpdeskCard, Rail, ReadyList } from "#components/layout/rail.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { MailAddress } from "#components/ui/mail-address.tsx";
import { parseOfficialEmail } from "#lib/kernel/email-address.ts";
import { parsePersonName } from "#lib/kernel/person-name.ts";
import { config } from "#lib/server/config.ts";
import { offeredOffices } from "#lib/server/offices.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { googleForRegistration, type RememberedGoogle } from "#lib/server/sign-in/remembered-google.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { domainsInWords } from "#lib/text/refusal-words.ts";
import { RegisterWithGoogle } from "../google/google-button.tsx";
import { GoogleNotice } from "../google/google-notice.tsx";
import { RegistrationClosed } from "./closed.tsx";
import { RegisterForm } from "./form.tsx";
import { RegistrationFlow } from "./registration-flow.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const closed = config().registration === "closed";
  return {
    title: closed
      ? (await getTranslations("administration.closed"))("title")
      : (await getTranslations("register"))("title"),
  };
}

export default async function RegisterPage(props: { searchParams: Promise<Record<string, unknown>> }) {
  return config().registration === "closed" ? <RegistrationClosed /> : <OpenRegistration {...props} />;
}

async function OpenRegistration({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [language, t, offices, asked] = await Promise.all([
    getLocale(),
    getTranslations("register"),
    offeredOffices(),
    searchParams,
  ]);
  // Only with a query: the page without one is the same for everybody and looks at no cookie.
  const google = asked.with === "google" ? await googleForRegistration(await currentContext()) : null;
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
      <GoogleNotice code={asked.notice} />
      {google && <CameWithGoogle email={google.email} />}
      <RegisterForm
        filled={google ? filledBy(google) : null}
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
      {!google && <RegisterWithGoogle />}
    </RegistrationFlow>
  );
}

/** What Google knows and the form would take: the rest is typed. */
function filledBy({ name, email }: RememberedGoogle): { fullName: string; officialEmail: string } {
  const fullName = parsePersonName(name ?? "");
  const officialEmail = parseOfficialEmail(email, config().emailDomains);
  return { fullName: fullName.ok ? fullName.value : "", officialEmail: officialEmail.ok ? officialEmail.value : "" };
}

async function CameWithGoogle({ email }: { email: string }) {
  const t = await getTranslations("google.register");
  return (
    <Callout icon="google" action={<a href="/register">{t("without")}</a>}>
      <p>
        {t.rich("filled", { email: () => <MailAddress address={email} />, b: (words) => <strong>{words}</strong> })}
      </p>
    </Callout>
  );
}
