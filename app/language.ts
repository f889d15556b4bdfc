"use server";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { rememberLanguage } from "#lib/account/settings/remember-language.ts";
import { isReturnPath, pathWithin } from "#lib/kernel/return-path.ts";
import { config } from "#lib/server/config.ts";
import { setLanguageCookie } from "#lib/server/request/browser-cookies.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { currentSession } from "#lib/server/request/current-session.ts";
import { isLanguage } from "#lib/text/languages.ts";

/**
 * Keeps the reader's language for a year, on the account too where somebody is signed in. With JavaScript the page is made again in place, so that what was typed
 * stays; without it the browser is sent back to where it was.
 */
export async function chooseLanguage(form: FormData): Promise<void> {
  const language = form.get("language");
  const { origin } = config();
  const asked = await headers();
  if (isLanguage(language)) {
    await setLanguageCookie(language);
    const session = await currentSession();
    if (session) await rememberLanguage(await currentContext(), session.accountId, language);
  }
  if (asked.has("next-action")) return;
  const returnTo = form.get("returnTo");
  redirect(isReturnPath(returnTo) ? returnTo : (pathWithin(origin, asked.get("referer")) ?? "/"));
}
