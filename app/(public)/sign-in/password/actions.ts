"use server";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { FormState } from "#app/form-state.ts";
import type { Language } from "#lib/kernel/context.ts";
import { secretField } from "#lib/kernel/plain-text.ts";
import { answerWith } from "#lib/server/answer.ts";
import { issueCookie } from "#lib/server/auth.ts";
import { browserContext } from "#lib/server/browser-context.ts";
import { clearCookie, readCookie, setLanguageCookie } from "#lib/server/browser-cookies.ts";
import { pages } from "#lib/sign-in/pages.ts";
import { provePassword } from "#lib/sign-in/prove-password.ts";
import { LANGUAGE_COOKIE } from "#lib/text/languages.ts";
import { facts } from "../../facts.ts";
import { tooManyTries } from "../../too-many-tries.ts";

/** How soon to come back when too many hashes wait, in seconds. */
const BUSY_RETRY = 5;

export async function signInWithPassword(_: FormState<"password">, form: FormData): Promise<FormState<"password">> {
  const [ctx, t, ceremony, previous] = await Promise.all([
    browserContext(),
    getTranslations("signIn.password"),
    readCookie("sign-in"),
    readCookie("session"),
  ]);
  const refused = (message: string): FormState<"password"> => ({ values: {}, errors: { password: message } });
  if (!ceremony) redirect("/sign-in?notice=startAgain");
  const password = secretField(form, "password", { max: 128 });
  if (!password.ok) return refused(t(password.error === "missing" ? "missing" : "mismatch"));

  const answer = await provePassword(ctx, ceremony, password.value, previous);
  if (answer.ok) {
    await issueCookie(answer.value.sessionToken);
    await Promise.all([clearCookie("sign-in"), takeLanguage(answer.value.language)]);
    redirect(answer.value.returnTo ?? pages.established);
  }
  switch (answer.error) {
    case "start_again":
      redirect("/sign-in?notice=startAgain");
      break;
    case "busy":
      answerWith(503, { "retry-after": String(BUSY_RETRY) });
      return refused(t("busy"));
    case "too_many":
      return refused(await tooManyTries(answer.retryAfterSeconds));
    default:
      return refused(t("mismatch", facts));
  }
}

/** A browser that has not chosen a language speaks the account's. */
async function takeLanguage(language: Language | null): Promise<void> {
  if (language && !(await cookies()).has(LANGUAGE_COOKIE)) await setLanguageCookie(language);
}
