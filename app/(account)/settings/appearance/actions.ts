"use server";
import { redirect } from "next/navigation";
import { isAppearance } from "#lib/kernel/appearance.ts";
import { setAppearanceCookie } from "#lib/server/request/browser-cookies.ts";
import { requireSession } from "#lib/server/request/current-session.ts";

export async function saveAppearance(form: FormData): Promise<void> {
  await requireSession("/settings/appearance");
  const appearance = form.get("appearance");
  if (!isAppearance(appearance)) redirect("/settings/appearance?wrong=1");
  await setAppearanceCookie(appearance);
  redirect("/settings/appearance?done=1");
}
