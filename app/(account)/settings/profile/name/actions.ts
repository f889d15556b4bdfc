"use server";
import type { FormState } from "#app/form-state.ts";
import { typedIn } from "#app/typed-in.ts";
import { requestName } from "#lib/account/profile/request-correction.ts";
import { parsePersonName } from "#lib/kernel/person-name.ts";
import { field } from "#lib/kernel/plain-text.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";
import { answerFiled, wordsOfRefusal } from "../answer-filed.ts";
import { readReason } from "../read-reason.ts";
import type { NameField } from "./form.tsx";

export async function askForName(_: FormState<NameField>, form: FormData): Promise<FormState<NameField>> {
  const { ctx } = await requireSession("/settings/profile/name");
  const words = refusalWords(ctx.request.language);
  const typed = field(form, "fullName", { max: 200 });
  const fullName = typed.ok ? parsePersonName(typed.value) : typed;
  const { reason, typed: typedReason, message } = await readReason(form, ctx.request.language);
  const state: FormState<NameField> = {
    values: { fullName: typedIn(form, "fullName"), reason: typedReason },
    errors: {},
  };
  if (!fullName.ok) {
    const code = fullName.error === "too_long" ? "name_too_long" : fullName.error;
    state.errors.fullName = words(code === "missing" ? "name_missing" : code);
  }
  if (message) state.errors.reason = message;
  if (!fullName.ok || message) return state;
  const asked = await requestName(ctx, { fullName: fullName.value, reason });
  if (asked.ok) return answerFiled("name");
  if (asked.error === "name_same") return { ...state, errors: { fullName: words(asked.error) } };
  return { ...state, errors: { form: await wordsOfRefusal("name", asked.error) } };
}
