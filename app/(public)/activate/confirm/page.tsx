import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { HelpdeskCard, Rail } from "#components/layout/rail.tsx";
import { viewActivationLink } from "#lib/account/activation/activation.ts";
import { config } from "#lib/server/config.ts";
import { readCookie } from "#lib/server/request/browser-cookies.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { RegistrationFlow } from "../../register/registration-flow.tsx";
import { DeadEnd } from "../dead-end.tsx";
import { PersonCard } from "../person-card.tsx";
import { ConfirmForm } from "./form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("activate.confirm"))("title") };
}

/** What the mailed link opens. Reading it changes nothing; the button does. */
export default async function ConfirmPage() {
  const [language, t, token] = await Promise.all([
    getLocale(),
    getTranslations("activate.confirm"),
    readCookie("link"),
  ]);
  const link = token ? await viewActivationLink(await currentContext(), token) : null;
  if (!link?.ok) return <DeadEnd why={link?.error ?? "unknown"} />;
  const { activate, form } = messages[language];
  const phone = config().agency.helpdeskPhone;
  return (
    <RegistrationFlow
      current={1}
      rail={
        <Rail>
          <HelpdeskCard phone={phone} />
        </Rail>
      }
    >
      <ConfirmForm words={activate.confirm} summary={{ one: form.errorOne, many: form.errorMany }}>
        <h1>{t("heading")}</h1>
        <p className="lead">{t("lead")}</p>
        <PersonCard person={link.value.person} />
      </ConfirmForm>
      <hr className="divide" />
      <p className="muted">{t("notMe", { phone })}</p>
    </RegistrationFlow>
  );
}
