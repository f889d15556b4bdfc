"use server";
import { notFound, redirect } from "next/navigation";
import { typedIn } from "#app/typed-in.ts";
import { addQuestion, retireQuestion, rewordQuestion } from "#lib/administration/questions/change-questions.ts";
import { parseQuestion } from "#lib/administration/questions/parse-question.ts";
import { lookAgain } from "#lib/server/chosen/in-force.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { forgetTyped } from "#lib/server/sign-in/step-up.ts";
import { messages } from "#lib/text/messages.ts";
import { isOfWhoAsks, refusedAt } from "../../refused.ts";
import type { AdminState } from "../admin-state.ts";
import type { QuestionField } from "./form.tsx";

const LIST = "/admin/questions";
const pathOf = (questionId: string): string => `${LIST}/${questionId === "" ? "new" : questionId}`;
const questionIn = (form: FormData): string => {
  const said = form.get("question");
  return typeof said === "string" && /^[\w-]{0,40}$/.test(said) ? said : notFound();
};

/** A new question, or other words for one that nobody has answered. */
export async function saveQuestion(_: AdminState<QuestionField>, form: FormData): Promise<AdminState<QuestionField>> {
  const questionId = questionIn(form);
  const path = pathOf(questionId);
  const { ctx } = await requireOfficer(path, "admin.change");
  const { refusals } = messages[ctx.request.language].administration;
  const values = { textMs: typedIn(form, "textMs"), textEn: typedIn(form, "textEn") };
  const wanted = parseQuestion(form);
  if (!wanted.ok) {
    const errors = Object.entries(wanted.errors).map(([name, code]) => [name, refusals[code]]);
    return { values, errors: Object.fromEntries(errors) };
  }
  const was = { textMs: typedIn(form, "wasMs"), textEn: typedIn(form, "wasEn") };
  const outcome =
    questionId === "" ? await addQuestion(ctx, wanted.value) : await rewordQuestion(ctx, questionId, wanted.value, was);
  if (outcome.ok) {
    await Promise.all([lookAgain(ctx), forgetTyped()]);
    redirect(`${LIST}?done=${questionId === "" ? "added" : "changed"}`);
  }
  const { error } = outcome;
  if (isOfWhoAsks(error)) return refusedAt(error, path, values);
  // Reworded, it is another question now: what it says stands in the list.
  if (error === "changed_meanwhile") redirect(`${LIST}?refused=changed_meanwhile`);
  return { values, errors: { textMs: refusals[error] } };
}

export async function retire(form: FormData): Promise<void> {
  return putOnOffer(form, true);
}

export async function offerAgain(form: FormData): Promise<void> {
  return putOnOffer(form, false);
}

async function putOnOffer(form: FormData, retired: boolean): Promise<never> {
  const questionId = questionIn(form);
  const path = pathOf(questionId);
  const { ctx } = await requireOfficer(path, "admin.change");
  const outcome = await retireQuestion(ctx, questionId, retired);
  if (outcome.ok) {
    await lookAgain(ctx);
    redirect(`${LIST}?done=${retired ? "retired" : "offered"}`);
  }
  if (isOfWhoAsks(outcome.error)) return refusedAt(outcome.error, path);
  redirect(`${path}?refused=${outcome.error}`);
}
