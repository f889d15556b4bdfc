import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { Submit } from "#components/form/submit.tsx";
import { HelpdeskCard, Rail, ReadyList } from "#components/layout/rail.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { offeredQuestions, QUESTIONS_WANTED } from "#lib/authenticators/security-questions/choose-questions.ts";
import { config } from "#lib/server/config.ts";
import { messages } from "#lib/text/messages.ts";
import { RegistrationFlow } from "../../register/registration-flow.tsx";
import { activationOfBrowser } from "../current.ts";
import { DeadEnd } from "../dead-end.tsx";
import { PersonCard } from "../person-card.tsx";
import { TimeLeft } from "../time-left.tsx";
import { removeQuestion } from "./actions.ts";
import { AddQuestionForm } from "./form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("activate.questions"))("title") };
}

export default async function QuestionsPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [language, t, { ctx, activation, why, secondsLeft }] = await Promise.all([
    getLocale(),
    getTranslations("activate.questions"),
    activationOfBrowser(),
  ]);
  if (!activation) return <DeadEnd why={why} />;
  const { activate, form } = messages[language];
  const { answered, person } = activation;
  const left = QUESTIONS_WANTED - answered.length;
  const wordsOf = (question: { textMs: string; textEn: string }) =>
    language === "en" ? question.textEn : question.textMs;
  const offered =
    left > 0
      ? (await offeredQuestions(ctx)).filter(({ id }) => !answered.some(({ questionId }) => questionId === id))
      : [];
  const adderTitle = [t("addFirst"), t("addSecond"), t("addThird")][answered.length] ?? "";
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
        <section>
          <div className="card-head">
            <h2 className="h4">{t("added")}</h2>
            <Badge tone="info">{t("count", { count: answered.length })}</Badge>
          </div>
          {answered.length === 0 ? (
            <p className="muted">{t("none")}</p>
          ) : (
            <ul className="qa">
              {answered.map((given) => (
                <li key={given.questionId}>
                  <Icon name="tick-circle" className="tick" />
                  <div>
                    <p className="q">{wordsOf(given)}</p>
                    <p className="muted">{t("kept")}</p>
                  </div>
                  <form action={removeQuestion}>
                    <input type="hidden" name="questionId" value={given.questionId} />
                    <Submit variant="danger" small icon="trash" busy={t("removing")}>
                      {t("remove")}
                      <span className="sr">: {wordsOf(given)}</span>
                    </Submit>
                  </form>
                </li>
              ))}
            </ul>
          )}
        </section>
        {left > 0 && (
          <AddQuestionForm
            key={answered.length}
            title={adderTitle}
            questions={offered.map((question) => ({ value: question.id, label: wordsOf(question) }))}
            words={activate.questions}
            summary={{ one: form.errorOne, many: form.errorMany }}
          />
        )}
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
