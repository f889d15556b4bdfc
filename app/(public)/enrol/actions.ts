"use server";
import { redirect } from "next/navigation";
import type { FormState } from "#app/form-state.ts";
import { readCode, wordsOfWrongCode } from "#app/totp-setup/read-code.ts";
import type { AddState } from "#components/passkey/add-passkey.tsx";
import { addPasskey } from "#lib/authenticators/passkey/add-passkey.ts";
import { beginTotp, cancelTotp } from "#lib/authenticators/totp/begin-totp.ts";
import { confirmTotp } from "#lib/authenticators/totp/confirm-totp.ts";
import { beginEnrolment } from "#lib/recovery/enrolment/begin-enrolment.ts";
import { openTicketByCode } from "#lib/recovery/enrolment/open-ticket-by-code.ts";
import { answerWith } from "#lib/server/answer.ts";
import { browserContext } from "#lib/server/request/browser-context.ts";
import { clearCookie, readCookie, setCookie } from "#lib/server/request/browser-cookies.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { currentEnrolment, type Signed } from "#lib/server/request/current-session.ts";
import { pendingRecovery } from "#lib/server/request/pending-recovery.ts";
import { withdrawCookie } from "#lib/server/sign-in/auth.ts";
import { endSession } from "#lib/session/end-session.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import type { MailedCodeState } from "../mailed-code/form.tsx";
import { readWhoseNumber, tryMailedCode } from "../mailed-code/try-mailed-code.ts";

const PATH = "/enrol";

/** The typed code leads where the mailed link leads. */
export async function enterTicketCode(_: MailedCodeState, form: FormData): Promise<MailedCodeState> {
  const [ctx, t] = await Promise.all([currentContext(), getTranslations("enrol.code")]);
  const whose = readWhoseNumber(ctx, form, (await pendingRecovery(ctx, "lost"))?.identity ?? null);
  const words = { shape: t("shape"), mismatch: (facts: { tries: number }) => t("mismatch", facts) };
  const tried = await tryMailedCode(ctx, form, whose, words, (...typed) => openTicketByCode(ctx, ...typed));
  if (!tried.ok) return tried.state;
  await setCookie("enrolment", tried.token);
  redirect(PATH);
}

/** On to the password. The page itself says what became of a ticket that leads no further. */
export async function goOn(): Promise<void> {
  const [ctx, token] = await Promise.all([browserContext(), readCookie("enrolment")]);
  const begun = token ? await beginEnrolment(ctx, token, PATH) : null;
  if (!begun?.ok) redirect(PATH);
  await setCookie("sign-in", begun.value.ceremonyToken);
  redirect("/sign-in/password");
}

/** Whom a ticket let in, or back to the page, which asks for it again. */
async function requireEnrolment(): Promise<Signed> {
  const enrolment = await currentEnrolment();
  if (!enrolment) redirect(PATH);
  return enrolment;
}

/** The session has ended with the enrolment: its owner signs in with what they have now. */
async function finish(): Promise<never> {
  await withdrawCookie();
  await Promise.all([clearCookie("enrolment"), clearCookie("recovery"), clearCookie("lost")]);
  redirect("/sign-in?notice=factorReplaced");
}

/** Takes the passkey that the browser made. */
export async function enrolPasskey(_: AddState, form: FormData): Promise<AddState> {
  const [{ ctx }, t] = await Promise.all([requireEnrolment(), getTranslations("passkeys")]);
  const credential = form.get("credential");
  if (typeof credential !== "string" || credential === "") return { message: t("nothingCame") };
  const added = await addPasskey(ctx, credential);
  if (added.ok) return finish();
  if (added.error === "signed_out" || added.error === "step_up") redirect(PATH);
  answerWith(added.error === "passkey_taken" ? 409 : 400);
  return { message: t(added.error === "passkey_taken" ? "taken" : "refused") };
}

export async function beginApp(): Promise<void> {
  const { ctx } = await requireEnrolment();
  await beginTotp(ctx);
  redirect(PATH);
}

export async function cancelApp(): Promise<void> {
  const { ctx } = await requireEnrolment();
  await cancelTotp(ctx);
  redirect(PATH);
}

export async function enrolApp(_: FormState<"code">, form: FormData): Promise<FormState<"code">> {
  const { ctx } = await requireEnrolment();
  const code = await readCode(form);
  if (!code.ok) return code.state;
  const confirmed = await confirmTotp(ctx, code.value);
  if (confirmed.ok) return finish();
  switch (confirmed.error) {
    case "tries_used":
      return redirect(`${PATH}?stopped=tries`);
    case "not_begun":
      return redirect(`${PATH}?stopped=expired`);
    case "signed_out":
    case "step_up":
      return redirect(PATH);
    default:
      return wordsOfWrongCode(confirmed.error, confirmed.skew);
  }
}

/** Leaves the ticket for later. */
export async function leave(): Promise<void> {
  const [token, { ctx }] = await Promise.all([readCookie("session"), requireEnrolment()]);
  if (token) await endSession(ctx, token, "signed_out");
  await withdrawCookie();
  redirect("/sign-in?notice=signedOut");
}
