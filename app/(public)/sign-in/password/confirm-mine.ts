"use server";
import { redirect } from "next/navigation";
import type { FormState } from "#app/form-state.ts";
import { readCookie } from "#lib/server/request/browser-cookies.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { confirmPhrase } from "#lib/sign-in/confirm-phrase.ts";
import { getTranslations } from "#lib/text/get-translations.ts";

/** The tick beside the phrase. Without it the page stays, and says what to do if the phrase is somebody else's. */
export async function confirmMine(_: FormState<"phraseIsMine">, form: FormData): Promise<FormState<"phraseIsMine">> {
  const [ctx, t, ceremony] = await Promise.all([
    currentContext(),
    getTranslations("securityPhrase.signIn"),
    readCookie("sign-in"),
  ]);
  if (form.get("phraseIsMine") !== "on") return { values: {}, errors: { phraseIsMine: t("tick") } };
  const confirmed = ceremony ? await confirmPhrase(ctx, ceremony) : null;
  redirect(confirmed?.ok ? "/sign-in/password" : "/sign-in?notice=startAgain");
}
