import type { FormState } from "#app/form-state.ts";
import type { Skew } from "#lib/authenticators/totp/codes.ts";
import { field } from "#lib/kernel/plain-text.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { issuerName } from "./issuer.ts";

type State = FormState<"code">;

const wrong = (message: string): State => ({ values: {}, errors: { code: message } });

/** The code that was typed, or the form again with what is wrong about its shape. */
export async function readCode(form: FormData): Promise<{ ok: true; value: string } | { ok: false; state: State }> {
  const code = field(form, "code", { max: 32 });
  if (code.ok) return code;
  const t = await getTranslations("authenticatorApp.errors");
  return { ok: false, state: wrong(t(code.error === "missing" ? "missing" : "shape")) };
}

/** The form again, with what was wrong about a code of the app. `skew` comes with `clock_skew`. */
export async function wordsOfWrongCode(
  why: "code_shape" | "code_mismatch" | "clock_skew",
  skew: Skew | undefined,
): Promise<State> {
  const t = await getTranslations("authenticatorApp.errors");
  switch (why) {
    case "code_shape":
      return wrong(t("shape"));
    case "code_mismatch":
      return wrong(t("mismatch", { issuer: await issuerName() }));
    case "clock_skew":
      return wrong(t(skew?.direction ?? "behind", { minutes: skew?.minutes ?? 1 }));
  }
}
