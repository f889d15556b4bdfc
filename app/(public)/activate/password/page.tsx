import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getLocale } from "next-intl/server";
import { NewPasswordForm } from "#app/new-password/form.tsx";
import { checklistWords } from "#app/new-password/words.ts";
import { HelpdeskCard, Rail, ReadyList } from "#components/layout/rail.tsx";
import { QUESTIONS_WANTED } from "#lib/authenticators/security-questions/choose-questions.ts";
import { config } from "#lib/server/config.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { RegistrationFlow } from "../../register/registration-flow.tsx";
import { activationOfBrowser } from "../current.ts";
import { DeadEnd } from "../dead-end.tsx";
import { PersonCard } from "../person-card.tsx";
import { TimeLeft } from "../time-left.tsx";
import { finish } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("activate.password"))("title") };
}

export default async function PasswordPage() {
  const [language, t, { activation, why, secondsLeft }] = await Promise.all([
    getLocale(),
    getTranslations("activate.password"),
    activationOfBrowser(),
  ]);
  if (!activation) return <DeadEnd why={why} />;
  if (activation.answered.length < QUESTIONS_WANTED) redirect("/activate/questions?missing#missing");
  const { activate, form } = messages[language];
  const { person } = activation;
  const { passwordPolicy, agency } = config();
  return (
    <RegistrationFlow
      current={2}
      rail={
        <Rail>
          <ReadyList
            title={t("tipsTitle")}
            items={[
              { icon: "password", text: t("tipManager") },
              { icon: "lock", text: t("tipReuse") },
              { icon: "clock", text: t("tipRotate") },
            ]}
          />
          <HelpdeskCard phone={agency.helpdeskPhone} />
        </Rail>
      }
    >
      <NewPasswordForm
        action={finish}
        back="/activate/questions"
        policy={passwordPolicy}
        person={{
          fullName: person.fullName,
          officialEmail: person.officialEmail,
          identity: { number: person.maskedIdentity.slice(0, activation.identity.type === "mykad" ? 6 : 2) },
        }}
        words={{ ...checklistWords(language, passwordPolicy), ...activate.password }}
        summary={{ one: form.errorOne, many: form.errorMany }}
      >
        <p className="muted">{t("part")}</p>
        <h1>{t("heading")}</h1>
        <p className="lead">{t("lead")}</p>
        <TimeLeft secondsLeft={secondsLeft} />
        <PersonCard person={person} />
      </NewPasswordForm>
    </RegistrationFlow>
  );
}
