"use server";
import { redirect } from "next/navigation";
import { withdrawCookie } from "#lib/server/auth.ts";
import { readCookie } from "#lib/server/browser-cookies.ts";
import { requireSession } from "#lib/server/current-session.ts";
import { endSession } from "#lib/session/end-session.ts";

export async function signOut(): Promise<void> {
  const token = await readCookie("session");
  const { ctx } = await requireSession("/home");
  if (token) await endSession(ctx, token, "signed_out");
  await withdrawCookie();
  redirect("/sign-in?notice=signedOut");
}
