"use server";
import { redirect } from "next/navigation";
import type { FormState } from "#app/form-state.ts";
import { addSecurityAnswer, removeSecurityAnswer } from "#lib/account/answer-security-question.ts";
import { field } from "#lib/kernel/plain-text.ts";
import { browserContext } from "#lib/server/browser-context.ts";
import { readCookie } from "#lib/server/browser-cookies.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";

export type QuestionField = "questionId" | "answer";

/** `Tambah`: one question. What was chosen stays chosen when the answer is refused; answers are never shown again. */
export async function addQuestion(_: FormState<QuestionField>, form: FormData): Promise<FormState<QuestionField>> {
  const [ctx, token] = await Promise.all([browserContext(), readCookie("activation")]);
  if (!token) redirect("/activate/questions");
  const words = refusalWords(ctx.request.language);
  const questionId = field(form, "questionId", { max: 64 });
  const answer = field(form, "answer", { max: 300 });
  const state: FormState<QuestionField> = { values: { questionId: questionId.ok ? questionId.value : "" }, errors: {} };
  if (!questionId.ok)
    state.errors.questionId = words(questionId.error === "missing" ? "question_unknown" : questionId.error);
  if (!answer.ok) state.errors.answer = words(answer.error === "missing" ? "answer_too_short" : answer.error);
  if (!questionId.ok || !answer.ok) return state;

  const added = await addSecurityAnswer(ctx, token, questionId.value, answer.value);
  if (added.ok) redirect("/activate/questions");
  switch (added.error) {
    case "unknown":
    case "expired":
    case "used":
    case "superseded":
    case "identity_tries_used":
      redirect("/activate/questions");
      break;
    case "question_unknown":
    case "question_taken":
    case "enough_questions":
      return { ...state, errors: { questionId: words(added.error) } };
    default:
      return {
        ...state,
        errors: { answer: words(added.error === "secret_too_long" ? "answer_too_long" : added.error) },
      };
  }
}

export async function removeQuestion(form: FormData): Promise<void> {
  const [ctx, token] = await Promise.all([browserContext(), readCookie("activation")]);
  const questionId = field(form, "questionId", { max: 64 });
  if (token && questionId.ok) await removeSecurityAnswer(ctx, token, questionId.value);
  redirect("/activate/questions");
}
