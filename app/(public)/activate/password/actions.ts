"use server";
import { redirect } from "next/navigation";
import type { FormState } from "#app/form-state.ts";
import type { NewPasswordField } from "#app/new-password/form.tsx";
import { readNewPassword } from "#app/new-password/read-new-password.ts";
import { finishActivation } from "#lib/account/activation/finish-activation.ts";
import { browserContext } from "#lib/server/request/browser-context.ts";
import { clearCookie, readCookie } from "#lib/server/request/browser-cookies.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";

/** `Selesai`. Passwords are never given back to the page. */
export async function finish(_: FormState<NewPasswordField>, form: FormData): Promise<FormState<NewPasswordField>> {
  const [ctx, t, token] = await Promise.all([
    browserContext(),
    getTranslations("passwordRules"),
    readCookie("activation"),
  ]);
  if (!token) redirect("/activate/password");
  const words = refusalWords(ctx.request.language);
  const refused = (field: NewPasswordField, message: string): FormState<NewPasswordField> => ({
    values: {},
    errors: { [field]: message },
  });

  const password = readNewPassword(form);
  if (!password.ok) {
    const { field, code } = password.wrong;
    return refused(field, code === "differs" ? t("differs") : words(code));
  }

  const finished = await finishActivation(ctx, token, password.value);
  if (finished.ok) {
    await Promise.all([clearCookie("activation"), clearCookie("link"), clearCookie("pending")]);
    redirect("/activate/done");
  }
  switch (finished.error) {
    case "questions_missing":
      redirect("/activate/questions?missing#missing");
      break;
    case "unknown":
    case "expired":
    case "used":
    case "superseded":
    case "identity_tries_used":
      // The page itself says what became of the activation.
      redirect("/activate/password");
      break;
    default:
      return refused("password", words(finished.error === "secret_too_long" ? "password_too_long" : finished.error));
  }
}
