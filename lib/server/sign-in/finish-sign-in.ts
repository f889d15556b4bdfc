import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import type { Language } from "#lib/kernel/context.ts";
import type { SignInAnswer } from "#lib/sign-in/finish-proof.ts";
import { type Method, methodOf } from "#lib/sign-in/methods.ts";
import { pages } from "#lib/sign-in/pages.ts";
import { LANGUAGE_COOKIE } from "#lib/text/languages.ts";
import { clearCookie, setCookie, setLanguageCookie } from "../request/browser-cookies.ts";
import { issueCookie } from "./auth.ts";

type Right = Extract<SignInAnswer, { ok: true }>;

/**
 * After a right proof: the session into the cookie and on to where one was going, or to what is still asked for. Never
 * returns. `passkey`: which card it came from, so that this browser offers the same first next time.
 */
export async function finishSignIn(
  { value }: Right,
  passkey: Extract<Method, "passkey" | "otherDevice"> = "passkey",
): Promise<never> {
  if (value.step === "prove") redirect(pages.prove);
  await issueCookie(value.sessionToken);
  const method = value.first && methodOf(value.first);
  if (method) await setCookie("method", method === "passkey" ? passkey : method);
  await Promise.all([clearCookie("sign-in"), takeLanguage(value.language)]);
  redirect(value.returnTo ?? pages.established);
}

/** A browser that has not chosen a language speaks the account's. */
async function takeLanguage(language: Language | null): Promise<void> {
  if (language && !(await cookies()).has(LANGUAGE_COOKIE)) await setLanguageCookie(language);
}
