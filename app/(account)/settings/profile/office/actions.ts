"use server";
import { getTranslations } from "next-intl/server";
import { shown } from "#app/(public)/read-identity.ts";
import type { FormState } from "#app/form-state.ts";
import { requestOffice } from "#lib/account/profile/request-correction.ts";
import { field } from "#lib/kernel/plain-text.ts";
import { requireSession } from "#lib/server/current-session.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";
import { answerFiled, wordsOfRefusal } from "../answer-filed.ts";
import { REASON_MAX, readReason, shownReason } from "../read-reason.ts";
import type { OfficeField } from "./form.tsx";

export async function askForOffice(_: FormState<OfficeField>, form: FormData): Promise<FormState<OfficeField>> {
  const [{ ctx }, t] = await Promise.all([requireSession("/settings/profile/office"), getTranslations("requests")]);
  const words = refusalWords(ctx.request.language);
  const officeId = field(form, "office", { max: 36 });
  const reason = readReason(form);
  const state: FormState<OfficeField> = {
    values: { office: shown(form, "office"), reason: shownReason(form) },
    errors: {},
  };
  if (!officeId.ok) state.errors.office = words("office_unknown");
  if (!reason.ok)
    state.errors.reason = reason.error === "too_long" ? t("reasonTooLong", { max: REASON_MAX }) : words(reason.error);
  if (!officeId.ok || !reason.ok) return state;
  const asked = await requestOffice(ctx, { officeId: officeId.value, reason: reason.value });
  if (asked.ok) return answerFiled("office");
  if (asked.error === "office_same" || asked.error === "office_unknown")
    return { ...state, errors: { office: words(asked.error) } };
  return { ...state, errors: { form: await wordsOfRefusal("office", asked.error) } };
}
