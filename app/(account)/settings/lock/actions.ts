"use server";
import { redirect } from "next/navigation";
import { lockOwnAccount } from "#lib/recovery/lock/lock-account.ts";
import { setCookie } from "#lib/server/request/browser-cookies.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { withdrawCookie } from "#lib/server/sign-in/auth.ts";

/** One press, nothing asked. Where somebody else was faster it is locked all the same. */
export async function lockNow(): Promise<void> {
  const { ctx } = await requireSession("/settings/lock");
  await lockOwnAccount(ctx);
  await setCookie("locked", "yes");
  await withdrawCookie();
  redirect("/lock/done");
}
