"use server";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { FormState } from "#app/form-state.ts";
import { secretField } from "#lib/kernel/plain-text.ts";
import { answerWith } from "#lib/server/answer.ts";
import { browserContext } from "#lib/server/browser-context.ts";
import { readCookie } from "#lib/server/browser-cookies.ts";
import { finishSignIn } from "#lib/server/finish-sign-in.ts";
import { provePassword } from "#lib/sign-in/prove-password.ts";
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
  if (answer.ok) return finishSignIn(answer);
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
