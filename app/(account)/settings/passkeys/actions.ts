"use server";
import { redirect } from "next/navigation";
import type { AddState } from "#components/passkey/add-passkey.tsx";
import { addPasskey } from "#lib/authenticators/passkey/add-passkey.ts";
import { passkeyCreationOptions } from "#lib/authenticators/passkey/begin-passkey.ts";
import { passkeySignals } from "#lib/authenticators/passkey/list-passkeys.ts";
import { answerWith } from "#lib/server/answer.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { issueCookie } from "#lib/server/sign-in/auth.ts";
import { forgetTyped } from "#lib/server/sign-in/step-up.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { changeRefused } from "../change-refused.ts";
import { donePath, listPath } from "./paths.ts";

/**
 * Takes the passkey that the browser made. Where it made none, has the person prove themselves first, or says what is
 * missing.
 */
export async function addMadePasskey(_: AddState, form: FormData): Promise<AddState> {
  const [{ ctx }, t] = await Promise.all([requireSession(listPath), getTranslations("passkeys")]);
  const credential = form.get("credential");
  const made = typeof credential === "string" && credential !== "";
  const answer = made ? await addPasskey(ctx, credential) : await passkeyCreationOptions(ctx);
  if (answer.ok) {
    if (!("passkeyId" in answer.value)) return { message: t("nothingCame") };
    const { sessionToken } = answer.value;
    await Promise.all([forgetTyped(), sessionToken && issueCookie(sessionToken)]);
    redirect(donePath("added", answer.value.passkeyId));
  }
  switch (answer.error) {
    case "signed_out":
    case "step_up":
      return changeRefused(answer.error, listPath, { proven: "yes" });
    case "too_many_passkeys":
      return { message: t("tooMany") };
    default:
      answerWith(answer.error === "passkey_taken" ? 409 : 400);
      return {
        message: t(answer.error === "passkey_taken" ? "taken" : "refused"),
        accepted: await passkeySignals(ctx),
      };
  }
}
