import type { Metadata } from "next";
import { ChooseQuestions } from "#app/choose-questions/choose.tsx";
import { HelpdeskCard, Rail, ReadyList } from "#components/layout/rail.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { QUESTIONS_WANTED } from "#lib/authenticators/security-questions/choose-questions.ts";
import { config } from "#lib/server/config.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { RegistrationFlow } from "../../register/registration-flow.tsx";
import { activationOfBrowser } from "../current.ts";
import { DeadEnd } from "../dead-end.tsx";
import { PersonCard } from "../person-card.tsx";
import { TimeLeft } from "../time-left.tsx";
import { addQuestion, removeQuestion } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("activate.questions"))("title") };
}

export default async function QuestionsPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [t, { ctx, activation, why, secondsLeft }] = await Promise.all([
    getTranslations("activate.questions"),
    activationOfBrowser(),
  ]);
  if (!activation) return <DeadEnd why={why} />;
  const { answered, person } = activation;
  const left = QUESTIONS_WANTED - answered.length;
  const { missing } = await searchParams;
  const toGo = [t("ready"), t("left1"), t("left2"), t("left3")][left];
  return (
    <RegistrationFlow
      current={2}
      rail={
        <Rail>
          <ReadyList
            title={t("tipsTitle")}
            items={[
              { icon: "check", text: t("tipRemember") },
              { icon: "check", text: t("tipPrivate") },
              { icon: "check", text: t("tipDifferent") },
            ]}
          />
          <HelpdeskCard phone={config().agency.helpdeskPhone} />
        </Rail>
      }
    >
      <p className="muted">{t("part")}</p>
      <h1>{t("heading")}</h1>
      <p className="lead">{t("lead")}</p>
      <TimeLeft secondsLeft={secondsLeft} />
      <PersonCard person={person} />
      <div className="block stack">
        <ChooseQuestions ctx={ctx} answered={answered} add={addQuestion} remove={removeQuestion} />
      </div>
      <div className="actions">
        <LinkButton
          href={left > 0 ? "/activate/questions?missing#missing" : "/activate/password"}
          variant={left > 0 ? "second" : "primary"}
        >
          {t("next")}
        </LinkButton>
        <p id="missing" className="muted" {...(missing !== undefined && { role: "alert" })}>
          {toGo}
        </p>
      </div>
    </RegistrationFlow>
  );
}
