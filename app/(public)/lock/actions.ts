"use server";
import { redirect } from "next/navigation";
import { lockByLetter } from "#lib/recovery/lock/lock-by-letter.ts";
import { browserContext } from "#lib/server/request/browser-context.ts";
import { clearCookie, readCookie, setCookie } from "#lib/server/request/browser-cookies.ts";
import { currentSession } from "#lib/server/request/current-session.ts";
import { withdrawCookie } from "#lib/server/sign-in/auth.ts";

/** "Kunci akaun saya". The page itself says what became of a link that leads no further. */
export async function lockNow(): Promise<void> {
  const [ctx, token, session] = await Promise.all([browserContext(), readCookie("lock"), currentSession()]);
  const locked = token ? await lockByLetter(ctx, token) : null;
  if (!locked?.ok) redirect("/lock");
  await clearCookie("lock");
  await setCookie("locked", "yes");
  // Somebody else may be signed in here; their session is none of this.
  if (session?.accountId === locked.value.accountId) await withdrawCookie();
  redirect("/lock/done");
}
