"use server";
import { redirect } from "next/navigation";
import type { PasskeyState } from "#components/passkey/passkey-form.tsx";
import { field } from "#lib/kernel/plain-text.ts";
import { isReturnPath } from "#lib/kernel/return-path.ts";
import { answerWith } from "#lib/server/answer.ts";
import { browserContext } from "#lib/server/request/browser-context.ts";
import { readCookie } from "#lib/server/request/browser-cookies.ts";
import { finishSignIn } from "#lib/server/sign-in/finish-sign-in.ts";
import { openAttempt } from "#lib/sign-in/attempt.ts";
import { type PasskeyPost, provePasskey } from "#lib/sign-in/prove-passkey.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { wordsOfRefusal } from "./words-of-refusal.ts";

const START_AGAIN = "/sign-in?notice=startAgain";

/** A passkey for the sign-in, or the step-up, that waits for a proof in this browser. */
export async function signInWithPasskey(_: PasskeyState, form: FormData): Promise<PasskeyState> {
  const ceremonyToken = await readCookie("sign-in");
  if (!ceremonyToken) redirect(START_AGAIN);
  return prove(form, { ceremonyToken, returnTo: null });
}

/** A passkey that says by itself who it is: the page knows no number yet. */
export async function signInByPasskeyAlone(_: PasskeyState, form: FormData): Promise<PasskeyState> {
  const asked = field(form, "returnTo", { max: 500 });
  return prove(form, { ceremonyToken: null, returnTo: asked.ok && isReturnPath(asked.value) ? asked.value : null });
}

async function prove(form: FormData, of: Pick<PasskeyPost, "ceremonyToken" | "returnTo">): Promise<PasskeyState> {
  const [ctx, t, previousToken] = await Promise.all([
    browserContext(),
    getTranslations("passkeys.signIn"),
    readCookie("session"),
  ]);
  const credential = form.get("credential");
  if (typeof credential !== "string" || credential === "") {
    if (of.ceremonyToken !== null && !(await openAttempt(ctx, of.ceremonyToken))) redirect(START_AGAIN);
    return { message: t("nothingCame") };
  }
  const answer = await provePasskey(ctx, { ...of, credentialJson: credential, previousToken });
  if (answer.ok) return finishSignIn(answer, form.get("card") === "otherDevice" ? "otherDevice" : "passkey");
  // Nobody types it: one that does not hold was made up, tampered with, or is late.
  if (answer.error === "mismatch") answerWith(400);
  const { unknownCredential: credentialId } = answer;
  const { passkeyRpId: rpId } = ctx.policy;
  return {
    message: await wordsOfRefusal(answer, t("mismatch")),
    ...(credentialId !== undefined && { unknown: { rpId, credentialId } }),
  };
}
