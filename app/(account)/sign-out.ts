"use server";
import { redirect } from "next/navigation";
import { readCookie } from "#lib/server/request/browser-cookies.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { withdrawCookie } from "#lib/server/sign-in/auth.ts";
import { endSession } from "#lib/session/end-session.ts";

export async function signOut(): Promise<void> {
  const token = await readCookie("session");
  const { ctx } = await requireSession("/home");
  if (token) await endSession(ctx, token, "signed_out");
  await withdrawCookie();
  redirect("/sign-in?notice=signedOut");
}
