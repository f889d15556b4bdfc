"use server";
import { redirect } from "next/navigation";
import type { FormState } from "#app/form-state.ts";
import type { NewPasswordField, OwnerField } from "#app/new-password/form.tsx";
import { readNewPassword } from "#app/new-password/read-new-password.ts";
import { ANSWERS_NEEDED } from "#lib/authenticators/security-questions/verify-answers.ts";
import { resetPassword } from "#lib/recovery/forgotten-password/reset-password.ts";
import { viewReset } from "#lib/recovery/forgotten-password/view-reset.ts";
import { browserContext } from "#lib/server/request/browser-context.ts";
import { clearCookie, readCookie } from "#lib/server/request/browser-cookies.ts";
import { currentSession } from "#lib/server/request/current-session.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";
import { limits } from "#lib/throttle/limits.ts";
import { readIdentity } from "../../read-identity.ts";
import { tooManyTries } from "../../too-many-tries.ts";
import { readAnswers } from "../read-answers.ts";

const PATH = "/recover/password";

type Field = NewPasswordField | OwnerField;
type State = FormState<Field>;

/** Passwords and answers are never given back to the page. */
export async function choose(_: State, form: FormData): Promise<State> {
  const [ctx, t, rules, token] = await Promise.all([
    browserContext(),
    getTranslations("recover.password"),
    getTranslations("passwordRules"),
    readCookie("reset"),
  ]);
  const shown = token ? await viewReset(ctx, token) : null;
  // The page itself says what became of it.
  if (!token || !shown?.ok) redirect(PATH);
  const words = refusalWords(ctx.request.language);
  const { typed: values, identity, errors: identityErrors } = readIdentity(form);
  const refused = (at: Field, message: string): State => ({ values, errors: { [at]: message } });

  const state: State = {
    values,
    errors: Object.fromEntries(Object.entries(identityErrors).map(([at, code]) => [at, words(code)])),
  };
  const { questions } = shown.value;
  const answers = questions.length > 0 ? readAnswers(form, questions) : { ok: true as const, value: [] };
  if (!answers.ok)
    state.errors.answers =
      answers.error === "too_few" ? t("answersTooFew", { needed: ANSWERS_NEEDED }) : words(answers.error);
  const password = readNewPassword(form);
  if (!password.ok) {
    const { field: at, code } = password.wrong;
    state.errors[at] = code === "differs" ? rules("differs") : words(code);
  }
  if (!identity.ok || !answers.ok || !password.ok) return state;

  const proof = { identity: identity.value, answers: answers.value };
  const reset = await resetPassword(ctx, token, proof, password.value);
  if (reset.ok) {
    await clearCookie("undo");
    // Somebody else is signed in here, and stays so: the page of what is done says it, where signing in would not.
    if (await currentSession()) redirect(PATH);
    await clearCookie("reset");
    redirect("/sign-in?notice=newPassword");
  }
  switch (reset.error) {
    case "unknown":
    case "expired":
    case "done":
    case "tries_used":
    case "not_possible":
    case "no_questions":
      return redirect(PATH);
    case "identity_mismatch":
      return refused("identityNumber", t("mismatch", { tries: limits.identityTriesPerReset }));
    case "answers_mismatch":
      return refused("answers", t("answersMismatch", { tries: limits.answerTries.points }));
    case "answer_tries_used":
      return refused("answers", t("answerTriesUsed", { tries: limits.answerTries.points }));
    case "too_many":
      return refused("identityNumber", await tooManyTries(reset.retryAfterSeconds));
    default:
      return refused("password", words(reset.error === "secret_too_long" ? "password_too_long" : reset.error));
  }
}
