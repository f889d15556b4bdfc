"use server";
import { redirect } from "next/navigation";
import type { FormState } from "#app/form-state.ts";
import { typedIn } from "#app/typed-in.ts";
import { answerCall, mailCounterpart, refuseCall } from "#lib/helpdesk/caller-check/answer-call.ts";
import { plainCharacters } from "#lib/kernel/identity-number.ts";
import { field } from "#lib/kernel/plain-text.ts";
import { clearCookie, readCookie, setCookie } from "#lib/server/request/browser-cookies.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { tooManyTries } from "../too-many-tries.ts";
import { currentCaller, spokenIn } from "./current-caller.ts";

const PATH = "/call";

/** The code that an officer reads out. What it stands for is on the page that follows. */
export async function enterSpokenCode(_: FormState<"code">, form: FormData): Promise<FormState<"code">> {
  const [ctx, t] = await Promise.all([currentCaller(), getTranslations("callerCheck.call")]);
  const wrong = (message: string): FormState<"code"> => ({
    values: { code: typedIn(form, "code") },
    errors: { code: message },
  });
  const typed = field(form, "code", { max: 40 });
  const code = spokenIn(typed.ok ? plainCharacters(typed.value) : null);
  if (!code) return wrong(t("missing"));
  const answered = await answerCall(ctx, code);
  if (!answered.ok && answered.error === "too_many") return wrong(await tooManyTries(answered.retryAfterSeconds));
  if (!answered.ok) return wrong(t("mismatch"));
  await setCookie("call", code);
  redirect(PATH);
}

/** To the official mailbox of the account the officer speaks of. */
export async function mailCode(): Promise<void> {
  const [ctx, kept] = await Promise.all([currentCaller(), readCookie("call")]);
  const code = spokenIn(kept);
  const mailed = code ? await mailCounterpart(ctx, code) : null;
  if (mailed && !mailed.ok && (mailed.error === "mailbox_unverified" || mailed.error === "throttled"))
    redirect(`${PATH}?refused=${mailed.error}`);
  redirect(PATH);
}

/** "Saya tidak bercakap dengan sesiapa": whoever has the code gets no further with it. */
export async function stopCall(): Promise<void> {
  const [ctx, kept] = await Promise.all([currentCaller(), readCookie("call")]);
  const code = spokenIn(kept);
  if (code) await refuseCall(ctx, code);
  await clearCookie("call");
  redirect(`${PATH}?stopped`);
}

export async function typeAnother(): Promise<void> {
  await clearCookie("call");
  redirect(PATH);
}
