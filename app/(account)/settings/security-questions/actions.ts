"use server";
import { redirect } from "next/navigation";
import { addQuestion } from "#app/choose-questions/add-question.ts";
import type { QuestionField } from "#app/choose-questions/form.tsx";
import type { FormState } from "#app/form-state.ts";
import {
  addReplacement,
  removeReplacement,
  replaceSecurityQuestions,
} from "#lib/account/settings/replace-security-questions.ts";
import { field } from "#lib/kernel/plain-text.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { signInPath } from "#lib/sign-in/sign-in-path.ts";
import { changeRefused } from "../change-refused.ts";

const PATH = "/settings/security-questions";

/** `Tambah`: one question. It counts once all three are there and taken over. */
export async function add(_: FormState<QuestionField>, form: FormData): Promise<FormState<QuestionField>> {
  const { ctx } = await requireSession(PATH);
  const again = await addQuestion(
    ctx.request.language,
    form,
    (questionId, answer) => addReplacement(ctx, questionId, answer),
    () => redirect(signInPath(PATH)),
  );
  return again ?? redirect(PATH);
}

export async function remove(form: FormData): Promise<void> {
  const { ctx } = await requireSession(PATH);
  const questionId = field(form, "questionId", { max: 64 });
  if (questionId.ok) await removeReplacement(ctx, questionId.value);
  redirect(PATH);
}

/** What was answered waits on the server, so nothing is lost where a proof is asked for first. */
export async function replace(): Promise<void> {
  const { ctx } = await requireSession(PATH);
  const replaced = await replaceSecurityQuestions(ctx);
  if (replaced.ok) redirect(`${PATH}?done=replaced`);
  if (replaced.error === "questions_missing") redirect(`${PATH}?missing#missing`);
  // The page itself says until when.
  if (replaced.error === "on_hold") redirect(PATH);
  return changeRefused(replaced.error, PATH);
}
