"use server";
import { redirect } from "next/navigation";
import { rememberLanguage } from "#lib/account/settings/remember-language.ts";
import { setLanguageCookie } from "#lib/server/request/browser-cookies.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { isLanguage } from "#lib/text/languages.ts";

export async function saveLanguage(form: FormData): Promise<void> {
  const { ctx, session } = await requireSession("/settings/language");
  const language = form.get("language");
  if (!isLanguage(language)) redirect("/settings/language?wrong=1");
  await rememberLanguage(ctx, session.accountId, language);
  await setLanguageCookie(language);
  redirect("/settings/language?done=1");
}
