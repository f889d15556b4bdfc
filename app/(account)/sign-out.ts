"use server";
import { redirect } from "next/navigation";
import { sealNote } from "#lib/relying-party/logout/how-told.ts";
import { signOutOfEverything } from "#lib/relying-party/logout/sign-out.ts";
import { readCookie } from "#lib/server/request/browser-cookies.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { withdrawCookie } from "#lib/server/sign-in/auth.ts";

/** "Log keluar": of the portal, and of every system that was opened from it, which is then said. */
export async function signOut(): Promise<void> {
  const [ctx, token] = await Promise.all([currentContext(), readCookie("session")]);
  const ended = token ? await signOutOfEverything(ctx, token) : null;
  await withdrawCookie();
  redirect(
    ended && ended.systems.length > 0 ? `/sign-out/done?note=${sealNote(ctx, ended)}` : "/sign-in?notice=signedOut",
  );
}
