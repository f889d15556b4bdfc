"use server";
import { redirect } from "next/navigation";
import type { FormState } from "#app/form-state.ts";
import type { NewPasswordField } from "#app/new-password/form.tsx";
import { readNewPassword } from "#app/new-password/read-new-password.ts";
import { changePassword } from "#lib/account/settings/change-password.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { issueCookie } from "#lib/server/sign-in/auth.ts";
import { stepUp } from "#lib/server/sign-in/step-up.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";
import { changeRefused } from "../change-refused.ts";

const PATH = "/settings/password";

type State = FormState<NewPasswordField>;

/** Passwords are never given back to the page. */
export async function change(_: State, form: FormData): Promise<State> {
  const [{ ctx }, t] = await Promise.all([requireSession(PATH), getTranslations("passwordRules")]);
  const words = refusalWords(ctx.request.language);
  const refused = (field: NewPasswordField, message: string): State => ({ values: {}, errors: { [field]: message } });
  const password = readNewPassword(form);
  if (!password.ok) {
    const { field, code } = password.wrong;
    return refused(field, code === "differs" ? t("differs") : words(code));
  }
  const changed = await changePassword(ctx, password.value);
  if (changed.ok) {
    await issueCookie(changed.value.sessionToken);
    redirect(`${PATH}?done=changed`);
  }
  if (changed.error === "step_up" || changed.error === "signed_out") return changeRefused(changed.error, PATH);
  return refused("password", words(changed.error === "secret_too_long" ? "password_too_long" : changed.error));
}

/** Asked for before the form is there, so that nobody chooses a password that is then lost on the way. */
export async function proveFirst(): Promise<void> {
  return stepUp(PATH);
}
