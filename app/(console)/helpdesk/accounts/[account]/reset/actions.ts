"use server";
import { redirect } from "next/navigation";
import type { FormState } from "#app/form-state.ts";
import { typedIn } from "#app/typed-in.ts";
import { requestReset } from "#lib/helpdesk/factor-reset/request-reset.ts";
import { parseReason } from "#lib/helpdesk/reason.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { forgetTyped } from "#lib/server/sign-in/step-up.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";
import { isOfWhoAsks, refusedAt } from "../../../../refused.ts";
import { requestPath } from "../../../requests/paths.ts";
import { actionPath, callerPath } from "../paths.ts";
import { readAccountId } from "../read-account-id.ts";

/** Asks a second officer. What was typed comes back where something is wrong, and after a further proof. */
export async function askSecondOfficer(_: FormState<"reason">, form: FormData): Promise<FormState<"reason">> {
  const accountId = readAccountId(form);
  const path = actionPath(accountId, "request_reset");
  const [{ ctx }, t] = await Promise.all([
    requireOfficer(path, "reset.request"),
    getTranslations("officerRequests.reset"),
  ]);
  const reason = parseReason(form);
  const values = { reason: typedIn(form, "reason") };
  if (!reason.ok) return { values, errors: { reason: refusalWords(ctx.request.language)(reason.error) } };
  const asked = await requestReset(ctx, accountId, reason.value);
  if (asked.ok) {
    await forgetTyped();
    redirect(`${requestPath(asked.value.requestId)}?done=requested`);
  }
  const { error } = asked;
  if (isOfWhoAsks(error)) return refusedAt(error, path, { reason: reason.value });
  if (error === "caller_unverified") redirect(callerPath(accountId));
  return { values, errors: { form: t(`errors.${error}`) } };
}
