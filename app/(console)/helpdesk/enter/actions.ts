"use server";
import { isReturnPath } from "#lib/kernel/return-path.ts";
import { config } from "#lib/server/config.ts";
import { stepUp } from "#lib/server/sign-in/step-up.ts";

/** To the proof that the consoles ask for, and back to where somebody was going. */
export async function enterConsole(form: FormData): Promise<void> {
  const to = form.get("to");
  await stepUp(isReturnPath(to) ? to : "/helpdesk", {}, config().consoleAssurance);
}
