"use server";
import { redirect } from "next/navigation";
import type { FormState } from "#app/form-state.ts";
import { typedIn } from "#app/typed-in.ts";
import type { PasskeyState } from "#components/passkey/passkey-form.tsx";
import { plainCharacters } from "#lib/kernel/identity-number.ts";
import { field } from "#lib/kernel/plain-text.ts";
import {
  type ApproveAnswer,
  type Approving,
  approveTransaction,
} from "#lib/relying-party/approval/decide/approve-transaction.ts";
import { REASON, readReason, refuseTransaction } from "#lib/relying-party/approval/decide/refuse-transaction.ts";
import { isUid, wayOf } from "#lib/relying-party/interaction/find-system.ts";
import { knownScopes } from "#lib/relying-party/provider/claims/claims.ts";
import { answerWith } from "#lib/server/answer.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";
import { limits } from "#lib/throttle/limits.ts";
import { tooManyTries } from "../../../too-many-tries.ts";
import { currentWay } from "../current-way.ts";

const DIGEST = /^[\w-]{43}$/;

/** The transaction that this browser is on the way with, and what the form was made of. Where nothing is to be decided any more, the page says what is. */
async function deciding(form: FormData) {
  const uid = field(form, "uid", { max: 64 });
  if (!uid.ok || !isUid(uid.value)) redirect("/home");
  const path = wayOf(uid.value);
  const { ctx, way } = await currentWay(uid.value);
  if (way.kept === null || way.next.step !== "approve") redirect(path);
  const digest = field(form, "digest", { max: 43 });
  const of = {
    approvalId: way.next.approvalId,
    digest: digest.ok && DIGEST.test(digest.value) ? digest.value : "",
    tellsName: knownScopes(way.kept.params.scope).includes("profile"),
  };
  return { ctx, path, of, by: way.next.by };
}

const SIX_DIGITS = /^[0-9]{6}$/;

/** A code of the app, for this transaction. What was typed never comes back. */
export async function approveByCode(_: FormState<"code">, form: FormData): Promise<FormState<"code">> {
  const [{ ctx, path, of, by }, t] = await Promise.all([deciding(form), getTranslations("interaction.approve")]);
  if (!by.app) redirect(path);
  const refused = (code: string): FormState<"code"> => ({ values: {}, errors: { code } });
  const typed = field(form, "code", { max: 40 });
  if (!typed.ok)
    return refused(typed.error === "missing" ? t("code.missing") : refusalWords(ctx.request.language)(typed.error));
  const code = plainCharacters(typed.value);
  if (!SIX_DIGITS.test(code)) return refused(t("code.shape"));
  const answer = await approveTransaction(ctx, { ...of, given: { code } });
  return refused(await wordsOf(answer, path, t("code.mismatch", triesLeft)));
}

/** Of wrong codes, how many are taken in how long. */
const triesLeft = {
  tries: limits.codeTriesPerAccount.points,
  minutes: limits.codeTriesPerAccount.window / 60_000,
};

/** A passkey, asked for this transaction. */
export async function approveByPasskey(_: PasskeyState, form: FormData): Promise<PasskeyState> {
  const [{ ctx, path, of }, t] = await Promise.all([deciding(form), getTranslations("interaction.approve")]);
  const credentialJson = form.get("credential");
  if (typeof credentialJson !== "string" || credentialJson === "") return { message: t("nothingCame") };
  const given: Approving["given"] = { credentialJson };
  const answer = await approveTransaction(ctx, { ...of, given });
  const message = await wordsOf(answer, path, t("passkeyMismatch"));
  const credentialId = answer.ok ? undefined : answer.unknownCredential;
  return { message, ...(credentialId && { unknown: { rpId: ctx.policy.passkeyRpId, credentialId } }) };
}

/** No, with a reason that the system is told. */
export async function refuseWithReason(_: FormState<"reason">, form: FormData): Promise<FormState<"reason">> {
  const [{ ctx, path, of }, t] = await Promise.all([deciding(form), getTranslations("interaction.approve")]);
  const refused = (reason: string): FormState<"reason"> => ({
    values: { reason: typedIn(form, "reason") },
    errors: { reason },
  });
  const read = readReason(form);
  if (!read.ok)
    switch (read.error) {
      case "missing":
      case "too_short":
        return refused(t("refuse.tooShort", REASON));
      case "too_long":
        return refused(t("refuse.tooLong", REASON));
      default:
        return refused(refusalWords(ctx.request.language)(read.error));
    }
  const answer = await refuseTransaction(ctx, { ...of, reason: read.value });
  return refused(await wordsOf(answer, path, ""));
}

/** What is said of an answer, on the page; whatever the page itself tells, and what was decided, leads to it. */
async function wordsOf(answer: ApproveAnswer, path: string, mismatch: string): Promise<string> {
  if (answer.ok) redirect(path);
  switch (answer.error) {
    case "mismatch":
      return mismatch;
    case "too_many":
      return tooManyTries(answer.retryAfterSeconds);
    case "changed":
      answerWith(400);
      return (await getTranslations("interaction.approve"))("changed");
    default:
      return redirect(path);
  }
}
