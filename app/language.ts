"use server";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { isReturnPath, pathWithin } from "#lib/kernel/return-path.ts";
import { days } from "#lib/kernel/time.ts";
import { config } from "#lib/server/config.ts";
import { isLanguage, LANGUAGE_COOKIE } from "#lib/text/languages.ts";

/**
 * Keeps the reader's language for a year. With JavaScript the page is made again in place, so that what was typed
 * stays; without it the browser is sent back to where it was.
 */
export async function chooseLanguage(form: FormData): Promise<void> {
  const language = form.get("language");
  const { origin } = config();
  const asked = await headers();
  if (isLanguage(language)) {
    (await cookies()).set(LANGUAGE_COOKIE, language, {
      maxAge: days(365) / 1_000,
      sameSite: "lax",
      secure: origin.startsWith("https:"),
      httpOnly: true,
      path: "/",
    });
  }
  if (asked.has("next-action")) return;
  const returnTo = form.get("returnTo");
  redirect(isReturnPath(returnTo) ? returnTo : (pathWithin(origin, asked.get("referer")) ?? "/"));
}
