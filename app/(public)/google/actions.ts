"use server";
import { notFound } from "next/navigation";
import { field } from "#lib/kernel/plain-text.ts";
import { isReturnPath } from "#lib/kernel/return-path.ts";
import { config } from "#lib/server/config.ts";
import { browserContext } from "#lib/server/request/browser-context.ts";
import { goToGoogle } from "#lib/server/sign-in/google-errand.ts";

export async function signInWithGoogle(form: FormData): Promise<void> {
  if (!config().google) notFound();
  const returnTo = field(form, "returnTo", { max: 500 });
  await goToGoogle(await browserContext(), {
    want: "sign-in",
    returnTo: returnTo.ok && isReturnPath(returnTo.value) ? returnTo.value : null,
  });
}

export async function registerWithGoogle(): Promise<void> {
  if (!config().google) notFound();
  await goToGoogle(await browserContext(), { want: "register" });
}
