"use server";
import { redirect } from "next/navigation";
import type { FormState } from "#app/form-state.ts";
import { secretField } from "#lib/kernel/plain-text.ts";
import { browserContext } from "#lib/server/request/browser-context.ts";
import { readCookie } from "#lib/server/request/browser-cookies.ts";
import { finishSignIn } from "#lib/server/sign-in/finish-sign-in.ts";
import { provePassword } from "#lib/sign-in/prove-password.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { facts } from "../../facts.ts";
import { wordsOfRefusal } from "../words-of-refusal.ts";

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
  if (!password.ok) return refused(password.error === "missing" ? t("missing") : t("mismatch", facts));

  const answer = await provePassword(ctx, ceremony, password.value, previous);
  // Here it comes first to say that the phrase is one's own: the page asks for that.
  if (!answer.ok && answer.error === "phrase_first") redirect("/sign-in/password");
  return answer.ok ? finishSignIn(answer) : refused(await wordsOfRefusal(answer, t("mismatch", facts)));
}
