"use server";
import { redirect } from "next/navigation";
import type { FormState } from "#app/form-state.ts";
import { plainCharacters } from "#lib/kernel/identity-number.ts";
import { field } from "#lib/kernel/plain-text.ts";
import { browserContext } from "#lib/server/request/browser-context.ts";
import { readCookie } from "#lib/server/request/browser-cookies.ts";
import { finishSignIn } from "#lib/server/sign-in/finish-sign-in.ts";
import { proveCode } from "#lib/sign-in/prove-code.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";
import { wordsOfRefusal } from "../words-of-refusal.ts";
import { codeFacts, codeMethodIn, factorOf } from "./code-methods.ts";

/** Six digits, or a recovery code: letters and digits, whose exact shape its verifier knows. */
const shapes = { totp: /^[0-9]{6}$/, email: /^[0-9]{6}$/, recovery: /^[0-9A-Za-z]{16}$/ } as const;

/**
 * A code of the authenticator app, of the official mailbox, or of the list that was kept. What was typed never comes
 * back.
 */
export async function signInWithCode(_: FormState<"code">, form: FormData): Promise<FormState<"code">> {
  const [ctx, t, ceremony, previous] = await Promise.all([
    browserContext(),
    getTranslations("signIn.code"),
    readCookie("sign-in"),
    readCookie("session"),
  ]);
  const refused = (message: string): FormState<"code"> => ({ values: {}, errors: { code: message } });
  if (!ceremony) redirect("/sign-in?notice=startAgain");
  const method = codeMethodIn(form.get("method"));
  const typed = field(form, "code", { max: 40 });
  if (!typed.ok)
    return refused(typed.error === "missing" ? t("missing") : refusalWords(ctx.request.language)(typed.error));
  const code = plainCharacters(typed.value);
  if (!shapes[method].test(code)) return refused(t(method === "recovery" ? "recoveryShape" : "shape"));

  const answer = await proveCode(ctx, ceremony, factorOf[method], code, previous);
  return answer.ok
    ? finishSignIn(answer)
    : refused(await wordsOfRefusal(answer, t(`${method}.mismatch`, codeFacts(method))));
}
