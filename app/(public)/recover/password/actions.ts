"use server";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { FormState } from "#app/form-state.ts";
import type { NewPasswordField } from "#app/new-password/form.tsx";
import { readNewPassword } from "#app/new-password/read-new-password.ts";
import { plainCharacters } from "#lib/kernel/identity-number.ts";
import { field } from "#lib/kernel/plain-text.ts";
import { resetPassword } from "#lib/recovery/reset-password.ts";
import { browserContext } from "#lib/server/browser-context.ts";
import { clearCookie, readCookie } from "#lib/server/browser-cookies.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";
import { limits } from "#lib/throttle/limits.ts";
import { shown } from "../../read-identity.ts";
import { tooManyTries } from "../../too-many-tries.ts";

const PATH = "/recover/password";

type State = FormState<NewPasswordField>;

/** Passwords are never given back to the page. */
export async function choose(_: State, form: FormData): Promise<State> {
  const [ctx, t, rules, token] = await Promise.all([
    browserContext(),
    getTranslations("recover.password"),
    getTranslations("passwordRules"),
    readCookie("reset"),
  ]);
  if (!token) redirect(PATH);
  const words = refusalWords(ctx.request.language);
  const values = { identityLast4: shown(form, "identityLast4") };
  const refused = (at: NewPasswordField, message: string): State => ({ values, errors: { [at]: message } });

  const typed = field(form, "identityLast4", { max: 20 });
  const lastFour = typed.ok ? plainCharacters(typed.value) : "";
  if (!typed.ok && typed.error !== "missing") return refused("identityLast4", words(typed.error));
  if (!/^[0-9A-Za-z]{4}$/.test(lastFour)) return refused("identityLast4", t("shape"));
  const password = readNewPassword(form);
  if (!password.ok) {
    const { field: at, code } = password.wrong;
    return refused(at, code === "differs" ? rules("differs") : words(code));
  }

  const reset = await resetPassword(ctx, token, lastFour, password.value);
  if (reset.ok) {
    await Promise.all([clearCookie("reset"), clearCookie("undo")]);
    redirect("/sign-in?notice=newPassword");
  }
  switch (reset.error) {
    case "unknown":
    case "expired":
    case "done":
    case "tries_used":
      // The page itself says what became of it.
      return redirect(PATH);
    case "identity_mismatch":
      return refused("identityLast4", t("mismatch", { tries: limits.identityTriesPerReset }));
    case "too_many":
      return refused("identityLast4", await tooManyTries(reset.retryAfterSeconds));
    default:
      return refused("password", words(reset.error === "secret_too_long" ? "password_too_long" : reset.error));
  }
}
