"use server";
import { notFound, redirect } from "next/navigation";
import type { FormState } from "#app/form-state.ts";
import { typedIn } from "#app/typed-in.ts";
import { ANSWER_MAX } from "#lib/authenticators/security-questions/check-answer.ts";
import { askQuestion, judgeAnswer } from "#lib/helpdesk/caller-check/ask-question.ts";
import { confirmCounterpart } from "#lib/helpdesk/caller-check/confirm-counterpart.ts";
import { confirmPresence } from "#lib/helpdesk/caller-check/confirm-presence.ts";
import { startCodes } from "#lib/helpdesk/caller-check/start-check.ts";
import { parseReason } from "#lib/helpdesk/reason.ts";
import { plainCharacters } from "#lib/kernel/identity-number.ts";
import { field, secretField } from "#lib/kernel/plain-text.ts";
import { requireOfficer, type SignedOfficer } from "#lib/server/request/current-officer.ts";
import { signInPath } from "#lib/sign-in/sign-in-path.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";
import { callerPath } from "../paths.ts";
import { readAccountId } from "../read-account-id.ts";

type Refusal = "signed_out" | "not_found" | "outranked" | "no_questions" | "not_started" | "not_answered";

async function atWork(form: FormData): Promise<SignedOfficer & { accountId: string; path: `/${string}` }> {
  const accountId = readAccountId(form);
  const path = callerPath(accountId) as `/${string}`;
  return { ...(await requireOfficer(path, "caller.check")), accountId, path };
}

/** What a refusal says that no field is to blame for; away where there is nobody any more. */
async function wordsOf(refusal: Refusal, path: string): Promise<string> {
  if (refusal === "signed_out") redirect(signInPath(path));
  if (refusal === "not_found") notFound();
  return (await getTranslations("callerCheck.errors"))(refusal);
}

/** The page itself shows the code to read out. */
export async function beginCodes(form: FormData): Promise<void> {
  const { ctx, accountId, path } = await atWork(form);
  const begun = await startCodes(ctx, accountId);
  redirect(begun.ok ? path : `${path}?refused=${begun.error}`);
}

export async function checkCounterpart(_: FormState<"code">, form: FormData): Promise<FormState<"code">> {
  const [{ ctx, accountId, path }, t] = await Promise.all([atWork(form), getTranslations("callerCheck")]);
  const wrong = (message: string): FormState<"code"> => ({ values: {}, errors: { code: message } });
  const typed = field(form, "code", { max: 40 });
  const digits = typed.ok ? plainCharacters(typed.value) : "";
  if (!/^[0-9]{6}$/.test(digits)) return wrong(t("errors.shape"));
  const confirmed = await confirmCounterpart(ctx, accountId, digits);
  if (confirmed.ok) redirect(`${path}?done=verified`);
  switch (confirmed.error) {
    case "code_mismatch":
      return wrong(t("errors.code_mismatch"));
    case "tries_used":
      return redirect(path);
    default:
      return wrong(await wordsOf(confirmed.error, path));
  }
}

/** The page itself shows the question to ask. */
export async function beginQuestion(form: FormData): Promise<void> {
  const { ctx, accountId, path } = await atWork(form);
  const asked = await askQuestion(ctx, accountId);
  redirect(asked.ok ? path : `${path}?refused=${asked.error}`);
}

export async function checkSpokenAnswer(_: FormState<"answer">, form: FormData): Promise<FormState<"answer">> {
  const [{ ctx, accountId, path }, t] = await Promise.all([atWork(form), getTranslations("callerCheck.errors")]);
  const wrong = (message: string): FormState<"answer"> => ({ values: {}, errors: { answer: message } });
  const typed = secretField(form, "answer", { max: ANSWER_MAX });
  const words = refusalWords(ctx.request.language);
  if (!typed.ok) {
    if (typed.error === "missing") return wrong(t("answerMissing"));
    return wrong(words(typed.error === "too_long" ? "answer_too_long" : typed.error));
  }
  const judged = await judgeAnswer(ctx, accountId, typed.value);
  if (judged.ok) redirect(`${path}?done=verified`);
  switch (judged.error) {
    case "answer_mismatch":
      return wrong(t("answer_mismatch"));
    case "tries_used":
      return wrong(t("answerTriesUsed"));
    case "busy":
      return wrong(words("busy"));
    default:
      return wrong(await wordsOf(judged.error, path));
  }
}

export async function confirmSeen(
  _: FormState<"reason" | "seen">,
  form: FormData,
): Promise<FormState<"reason" | "seen">> {
  const [{ ctx, accountId, path }, t] = await Promise.all([atWork(form), getTranslations("callerCheck")]);
  const reason = parseReason(form);
  const seen = form.get("seen") === "yes";
  const values = { reason: typedIn(form, "reason"), ...(seen && { seen: "yes" }) };
  const errors: FormState<"reason" | "seen">["errors"] = {};
  if (!reason.ok) errors.reason = refusalWords(ctx.request.language)(reason.error);
  if (!seen) errors.seen = t("presence.seenMissing");
  if (!reason.ok || !seen) return { values, errors };
  const confirmed = await confirmPresence(ctx, accountId, reason.value);
  if (confirmed.ok) redirect(`${path}?done=verified`);
  return { values, errors: { form: await wordsOf(confirmed.error, path) } };
}
