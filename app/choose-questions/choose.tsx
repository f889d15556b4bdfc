import { getLocale } from "next-intl/server";
import type { FormState } from "#app/form-state.ts";
import { Submit } from "#components/form/submit.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Icon } from "#components/ui/icon.tsx";
import {
  type GivenAnswer,
  offeredQuestions,
  QUESTIONS_WANTED,
  type Question,
} from "#lib/authenticators/security-questions/choose-questions.ts";
import type { Context } from "#lib/kernel/context.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { AddQuestionForm, type QuestionField } from "./form.tsx";

type ChooseProps = {
  ctx: Pick<Context, "db">;
  answered: readonly (GivenAnswer & Omit<Question, "id">)[];
  add: (state: FormState<QuestionField>, form: FormData) => Promise<FormState<QuestionField>>;
  remove: (form: FormData) => Promise<void>;
};

/** The questions answered so far, and the form for the next one until there are three. */
export async function ChooseQuestions({ ctx, answered, add, remove }: ChooseProps) {
  const [language, t] = await Promise.all([getLocale(), getTranslations("securityQuestions.choose")]);
  const { form, securityQuestions } = messages[language];
  const wordsOf = (question: Omit<Question, "id">) => (language === "en" ? question.textEn : question.textMs);
  const isOpen = answered.length < QUESTIONS_WANTED;
  const offered = isOpen
    ? (await offeredQuestions(ctx)).filter(({ id }) => !answered.some(({ questionId }) => questionId === id))
    : [];
  const adderTitle = [t("addFirst"), t("addSecond"), t("addThird")][answered.length] ?? "";
  return (
    <>
      <section>
        <div className="card-head">
          <h2 className="h4">{t("added")}</h2>
          <Badge tone="info">{t("count", { count: answered.length, of: QUESTIONS_WANTED })}</Badge>
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
                <form action={remove}>
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
      {isOpen && (
        <AddQuestionForm
          key={answered.length}
          action={add}
          title={adderTitle}
          questions={offered.map((question) => ({ value: question.id, label: wordsOf(question) }))}
          words={securityQuestions.choose}
          summary={{ one: form.errorOne, many: form.errorMany }}
        />
      )}
    </>
  );
}
