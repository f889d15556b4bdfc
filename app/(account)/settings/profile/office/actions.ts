"use server";
import type { FormState } from "#app/form-state.ts";
import { typedIn } from "#app/typed-in.ts";
import { requestOffice } from "#lib/account/profile/request-correction.ts";
import { field } from "#lib/kernel/plain-text.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";
import { answerFiled, wordsOfRefusal } from "../answer-filed.ts";
import { readReason } from "../read-reason.ts";
import type { OfficeField } from "./form.tsx";

export async function askForOffice(_: FormState<OfficeField>, form: FormData): Promise<FormState<OfficeField>> {
  const { ctx } = await requireSession("/settings/profile/office");
  const words = refusalWords(ctx.request.language);
  const officeId = field(form, "office", { max: 36 });
  const { reason, typed: typedReason, message } = await readReason(form, ctx.request.language);
  const state: FormState<OfficeField> = {
    values: { office: typedIn(form, "office"), reason: typedReason },
    errors: {},
  };
  if (!officeId.ok) state.errors.office = words("office_unknown");
  if (message) state.errors.reason = message;
  if (!officeId.ok || message) return state;
  const asked = await requestOffice(ctx, { officeId: officeId.value, reason });
  if (asked.ok) return answerFiled("office");
  if (asked.error === "office_same" || asked.error === "office_unknown")
    return { ...state, errors: { office: words(asked.error) } };
  return { ...state, errors: { form: await wordsOfRefusal("office", asked.error) } };
}
