import { notFound, redirect } from "next/navigation";
import { changeRefused } from "#app/(account)/settings/change-refused.ts";
import { linkGoogle } from "#lib/authenticators/google/link-google.ts";
import type { Context } from "#lib/kernel/context.ts";
import { config } from "#lib/server/config.ts";
import { browserContext } from "#lib/server/request/browser-context.ts";
import { readCookie, setCookie } from "#lib/server/request/browser-cookies.ts";
import { currentSession, requireSession } from "#lib/server/request/current-session.ts";
import { type GoogleProfile, returnFromGoogle } from "#lib/server/sign-in/auth.ts";
import { finishSignIn } from "#lib/server/sign-in/finish-sign-in.ts";
import { type GoogleErrand, type GoogleNotice, startOf, takeErrand } from "#lib/server/sign-in/google-errand.ts";
import { rememberGoogle } from "#lib/server/sign-in/remembered-google.ts";
import { proveGoogle } from "#lib/sign-in/prove-google.ts";

/** Where Google sends people back to: the one address of next-auth that is open. It always leads on to a page. */
export async function GET(request: Request): Promise<never> {
  if (!config().google) notFound();
  const ctx = await browserContext();
  const errand = await takeErrand(ctx, new URL(request.url).searchParams.get("state"));
  const returned = await returnFromGoogle(request);
  if (!errand) return giveUp(returned.ok || returned.error === "failed" ? "googleFailed" : "googleCancelled");
  if (!returned.ok) redirect(startOf(errand, returned.error === "cancelled" ? "googleCancelled" : "googleFailed"));
  const google = returned.value;
  if (!google.isVerified) redirect(startOf(errand, "googleUnverified"));
  switch (errand.want) {
    case "sign-in":
      return signIn(ctx, google, errand);
    case "register":
      await rememberGoogle(ctx, { ...google, whose: null });
      return redirect("/register?with=google");
    case "link":
      return link(google, errand);
  }
}

/** It changes things, so it is never merely looked at. */
export const HEAD = (): Response => new Response(null, { status: 405, headers: { Allow: "GET" } });

/** Nobody knows what for: whoever is signed in stays so. */
async function giveUp(notice: GoogleNotice): Promise<never> {
  redirect((await currentSession()) ? `/settings/google?notice=${notice}` : startOf(null, notice));
}

async function signIn(
  ctx: Context,
  google: GoogleProfile,
  errand: Extract<GoogleErrand, { want: "sign-in" }>,
): Promise<never> {
  const proved = await proveGoogle(ctx, google, errand.returnTo, await readCookie("session"));
  if (!proved.ok)
    redirect(proved.error === "not_linked" ? startOf(errand, "googleNotLinked") : "/sign-in?notice=startAgain");
  await setCookie("sign-in", proved.value.ceremonyToken);
  return finishSignIn(proved.value.answer);
}

const SETTINGS = "/settings/google";

async function link(google: GoogleProfile, errand: Extract<GoogleErrand, { want: "link" }>): Promise<never> {
  const { ctx, session } = await requireSession(SETTINGS);
  if (session.id !== errand.sessionId) redirect(startOf(errand, "googleFailed"));
  const linked = await linkGoogle(ctx, google);
  if (linked.ok) redirect(`${SETTINGS}?done=linked`);
  switch (linked.error) {
    case "step_up":
      // The proof grew old at Google. After another one the account chosen there is linked with one press.
      await rememberGoogle(ctx, { ...google, whose: { accountId: session.accountId } });
      return changeRefused(linked.error, SETTINGS);
    case "signed_out":
      return changeRefused(linked.error, SETTINGS);
    default:
      return redirect(`${SETTINGS}?notice=${linked.error}`);
  }
}
