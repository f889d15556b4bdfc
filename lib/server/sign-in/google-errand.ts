import { redirect } from "next/navigation";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import { seal, unseal } from "#lib/kernel/sealed.ts";
import { clearCookie, readCookie, setCookie } from "../request/browser-cookies.ts";
import { departForGoogle } from "./auth.ts";

/** What somebody goes to Google for. `link` is for the session that began it and no other. */
export type GoogleErrand =
  | { want: "sign-in"; returnTo: string | null }
  | { want: "register" }
  | { want: "link"; sessionId: string };

/** What did not work out at Google, in the words of `google.json`. */
export type GoogleNotice =
  | "googleCancelled"
  | "googleFailed"
  | "googleUnreachable"
  | "googleUnverified"
  | "googleNotLinked";

/** The page an errand began on, which tells how it ended. */
export function startOf(errand: GoogleErrand | null, notice: GoogleNotice): string {
  if (errand?.want === "link") return `/settings/google?notice=${notice}`;
  if (errand?.want === "register") return `/register?notice=${notice}`;
  const to = errand?.returnTo ? `&returnTo=${encodeURIComponent(errand.returnTo)}` : "";
  return `/sign-in?notice=${notice}${to}`;
}

const PURPOSE = "cookie.google";

/**
 * Sends this browser to Google and remembers what for, sealed together with the state it has to come back with. Never
 * returns.
 */
export async function goToGoogle(ctx: Context, errand: GoogleErrand): Promise<never> {
  const departure = await departForGoogle(ctx.request.language);
  if (!departure) redirect(startOf(errand, "googleUnreachable"));
  await setCookie(
    "google",
    seal(ctx.keys.cookie, ctx.random, JSON.stringify(errand), PURPOSE, digest(departure.state)),
  );
  redirect(departure.address);
}

/**
 * What this browser went to Google for, once; nothing where it went long ago, elsewhere, or comes back with another
 * state.
 */
export async function takeErrand(ctx: Context, state: string | null): Promise<GoogleErrand | null> {
  const sealed = await readCookie("google");
  await clearCookie("google");
  if (!sealed || state === null) return null;
  try {
    return JSON.parse(unseal(ctx.keys.cookie, sealed, PURPOSE, digest(state))) as GoogleErrand;
  } catch {
    return null;
  }
}
