import { getLocale } from "next-intl/server";
import { Submit } from "#components/form/submit.tsx";
import { Chip } from "#components/ui/chip.tsx";
import type { CheckInHand } from "#lib/helpdesk/caller-check/view-caller-check.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { beginQuestion } from "./actions.ts";
import { AnswerForm } from "./answer-form.tsx";

type QuestionCardProps = { accountId: string; inHand: CheckInHand | null; hasQuestions: boolean };

/** The caller answers one of their security questions; the officer sees whether it matches. */
export async function QuestionCard({ accountId, inHand, hasQuestions }: QuestionCardProps) {
  const [language, t] = await Promise.all([getLocale(), getTranslations("callerCheck.question")]);
  const { form, callerCheck } = messages[language];
  const asks = inHand?.state === "started" ? inHand.question : null;
  return (
    <section className="card" aria-labelledby="question">
      <div className="heading-chip">
        <Chip icon="quote" tone="plain" />
        <h2 className="h3" id="question">
          {t("heading")}
        </h2>
      </div>
      {!asks && <p className="mt-3">{t(hasQuestions ? "text" : "none")}</p>}
      {asks ? (
        <>
          <h3 className="h4 mt-4">{t("ask")}</h3>
          <p className="spoken-question">{language === "ms" ? asks.textMs : asks.textEn}</p>
          <AnswerForm
            accountId={accountId}
            words={callerCheck.question}
            summary={{ one: form.errorOne, many: form.errorMany }}
          />
        </>
      ) : (
        hasQuestions && (
          <form action={beginQuestion} className="actions">
            <input type="hidden" name="account" value={accountId} />
            <Submit variant="second" busy={t("starting")}>
              {t("start")}
            </Submit>
          </form>
        )
      )}
    </section>
  );
}
