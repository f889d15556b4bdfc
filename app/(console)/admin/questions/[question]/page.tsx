import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { Submit } from "#components/form/submit.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { listQuestions } from "#lib/administration/questions/list-questions.ts";
import { typedBefore } from "#lib/server/sign-in/step-up.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { doneOf } from "../../../done-of.ts";
import { orMissing } from "../../../or-missing.tsx";
import { AdminPage } from "../../admin-page.tsx";
import { viewAdmin } from "../../view-admin.ts";
import { offerAgain, retire } from "../actions.ts";
import { QuestionForm } from "../form.tsx";

type Props = { params: Promise<{ question: string }>; searchParams: Promise<Record<string, unknown>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("administration.questions"))("editTitle") };
}

/** One question: its words as long as nobody has answered it, and whether it is on offer. */
async function QuestionPage({ params, searchParams }: Props) {
  const { question: id } = await params;
  const path = `/admin/questions/${id}`;
  const { ctx, mayChange } = await viewAdmin(path);
  const question = (await listQuestions(ctx)).find((one) => one.id === id) ?? notFound();
  const [language, { refused }, typed] = await Promise.all([getLocale(), searchParams, typedBefore(path)]);
  const { administration, form } = messages[language];
  const { questions, common, refusals } = administration;
  const { too_few_questions, question_there } = refusals;
  const why = doneOf({ too_few_questions, question_there }, refused);
  return (
    <AdminPage
      heading={questions.editTitle}
      lead={questions.editLead}
      above={{ href: "/admin/questions", name: questions.title }}
      mayChange={mayChange}
    >
      {why && (
        <div role="alert">
          <Callout tone="warn">{why}</Callout>
        </div>
      )}
      {question.answered ? (
        <section className="card" aria-labelledby="words">
          <h2 className="h3" id="words">
            {language === "ms" ? question.textMs : question.textEn}
          </h2>
          <p lang={language === "ms" ? "en" : "ms"}>{language === "ms" ? question.textEn : question.textMs}</p>
          <p className="muted">{questions.fixed}</p>
        </section>
      ) : (
        <QuestionForm
          questionId={question.id}
          now={{ textMs: question.textMs, textEn: question.textEn }}
          readOnly={!mayChange}
          begin={{ values: typed ?? {}, errors: {} }}
          words={{ ...questions, ...common }}
          summary={{ one: form.errorOne, many: form.errorMany }}
        />
      )}
      {mayChange && (
        <section className="card" aria-labelledby="offer">
          <h2 className="h3" id="offer">
            {question.retired ? questions.offerAgain : questions.retire}
          </h2>
          <p>{question.retired ? questions.offerText : questions.retireText}</p>
          <form action={question.retired ? offerAgain : retire} className="actions">
            <input type="hidden" name="question" value={question.id} />
            {question.retired ? (
              <Submit variant="second" busy={questions.offering}>
                {questions.offerAgain}
              </Submit>
            ) : (
              <Submit variant="danger" busy={questions.retiring}>
                {questions.retire}
              </Submit>
            )}
          </form>
        </section>
      )}
    </AdminPage>
  );
}

export default orMissing(QuestionPage);
