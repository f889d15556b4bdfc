"use server";
import { redirect } from "next/navigation";
import type { FormState } from "#app/form-state.ts";
import { removeSecurityPhrase, setSecurityPhrase } from "#lib/account/settings/set-security-phrase.ts";
import { PHRASE_MAX } from "#lib/authenticators/security-phrase/check-phrase.ts";
import { field } from "#lib/kernel/plain-text.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { forgetTyped } from "#lib/server/sign-in/step-up.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";
import { changeRefused } from "../change-refused.ts";

const PATH = "/settings/security-phrase";

/**
 * Keeps the phrase. What was typed is given back where something is wrong with it: it is shown on the screen anyway.
 */
export async function savePhrase(_: FormState<"phrase">, form: FormData): Promise<FormState<"phrase">> {
  const [{ ctx }, t] = await Promise.all([requireSession(PATH), getTranslations("securityPhrase.settings")]);
  const words = refusalWords(ctx.request.language);
  const phrase = field(form, "phrase", { max: PHRASE_MAX });
  const typed = form.get("phrase");
  const refused = (message: string): FormState<"phrase"> => ({
    values: { phrase: typeof typed === "string" ? typed.slice(0, 2 * PHRASE_MAX) : "" },
    errors: { phrase: message },
  });
  if (!phrase.ok) {
    if (phrase.error === "missing") return refused(t("missing"));
    return refused(words(phrase.error === "too_long" ? "phrase_too_long" : phrase.error));
  }
  const set = await setSecurityPhrase(ctx, phrase.value);
  if (set.ok) {
    await forgetTyped();
    redirect(`${PATH}?done=set`);
  }
  switch (set.error) {
    case "step_up":
    case "signed_out":
      return changeRefused(set.error, PATH, { phrase: phrase.value });
    case "too_many":
      return refused(t("tooMany"));
    default:
      return refused(words(set.error));
  }
}

export async function removePhrase(): Promise<void> {
  const { ctx } = await requireSession(PATH);
  const removed = await removeSecurityPhrase(ctx);
  if (removed.ok) redirect(`${PATH}?done=removed`);
  return changeRefused(removed.error, PATH);
}
