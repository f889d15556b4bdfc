import type { FormState } from "#app/form-state.ts";
import { type ChooseRefusal, isChooseRefusal } from "#lib/authenticators/security-questions/choose-questions.ts";
import type { Language } from "#lib/kernel/context.ts";
import { field } from "#lib/kernel/plain-text.ts";
import type { Result } from "#lib/kernel/result.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";
import type { QuestionField } from "./form.tsx";

const ofQuestion: ReadonlySet<ChooseRefusal> = new Set(["question_unknown", "question_taken", "enough_questions"]);

/**
 * Reads one question and its answer and hands them to `add`. Null once it is added; else the page again. What was
 * chosen stays chosen, answers are never shown again. `over`: leads away where whatever they belong to has ended; never
 * returns.
 */
export async function addQuestion(
  language: Language,
  form: FormData,
  add: (questionId: string, answer: string) => Promise<Result<null, string>>,
  over: () => never,
): Promise<FormState<QuestionField> | null> {
  const words = refusalWords(language);
  const questionId = field(form, "questionId", { max: 64 });
  const answer = field(form, "answer", { max: 300 });
  const state: FormState<QuestionField> = { values: { questionId: questionId.ok ? questionId.value : "" }, errors: {} };
  if (!questionId.ok)
    state.errors.questionId = words(questionId.error === "missing" ? "question_unknown" : questionId.error);
  if (!answer.ok) state.errors.answer = words(answer.error === "missing" ? "answer_too_short" : answer.error);
  if (!questionId.ok || !answer.ok) return state;

  const added = await add(questionId.value, answer.value);
  if (added.ok) return null;
  const why: string = added.error;
  if (!isChooseRefusal(why)) return over();
  const at: QuestionField = ofQuestion.has(why) ? "questionId" : "answer";
  return { ...state, errors: { [at]: words(why === "secret_too_long" ? "answer_too_long" : why) } };
}
