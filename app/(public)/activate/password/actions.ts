"use server";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { FormState } from "#app/form-state.ts";
import { finishActivation } from "#lib/account/finish-activation.ts";
import { secretField } from "#lib/kernel/plain-text.ts";
import { browserContext } from "#lib/server/browser-context.ts";
import { clearCookie, readCookie } from "#lib/server/browser-cookies.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";

export type NewPasswordField = "password" | "passwordAgain";

/** `Selesai`. Passwords are never given back to the page. */
export async function finish(_: FormState<NewPasswordField>, form: FormData): Promise<FormState<NewPasswordField>> {
  const [ctx, t, token] = await Promise.all([
    browserContext(),
    getTranslations("activate.password"),
    readCookie("activation"),
  ]);
  if (!token) redirect("/activate/password");
  const words = refusalWords(ctx.request.language);
  const refused = (field: NewPasswordField, message: string): FormState<NewPasswordField> => ({
    values: {},
    errors: { [field]: message },
  });

  const password = secretField(form, "password", { max: 128 });
  if (!password.ok)
    return refused("password", words(password.error === "too_long" ? "password_too_long" : password.error));
  const again = secretField(form, "passwordAgain", { max: 128 });
  if (!again.ok || again.value !== password.value) return refused("passwordAgain", t("differs"));

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
