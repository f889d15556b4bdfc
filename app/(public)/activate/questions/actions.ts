"use server";
import { redirect } from "next/navigation";
import { addQuestion as readAndAdd } from "#app/choose-questions/add-question.ts";
import type { QuestionField } from "#app/choose-questions/form.tsx";
import type { FormState } from "#app/form-state.ts";
import { addSecurityAnswer, removeSecurityAnswer } from "#lib/account/activation/answer-security-question.ts";
import { field } from "#lib/kernel/plain-text.ts";
import { browserContext } from "#lib/server/request/browser-context.ts";
import { readCookie } from "#lib/server/request/browser-cookies.ts";

/** `Tambah`: one question. */
export async function addQuestion(_: FormState<QuestionField>, form: FormData): Promise<FormState<QuestionField>> {
  const [ctx, token] = await Promise.all([browserContext(), readCookie("activation")]);
  if (!token) redirect("/activate/questions");
  const again = await readAndAdd(
    ctx.request.language,
    form,
    (questionId, answer) => addSecurityAnswer(ctx, token, questionId, answer),
    // The page itself says what became of the activation.
    () => redirect("/activate/questions"),
  );
  return again ?? redirect("/activate/questions");
}

export async function removeQuestion(form: FormData): Promise<void> {
  const [ctx, token] = await Promise.all([browserContext(), readCookie("activation")]);
  const questionId = field(form, "questionId", { max: 64 });
  if (token && questionId.ok) await removeSecurityAnswer(ctx, token, questionId.value);
  redirect("/activate/questions");
}
