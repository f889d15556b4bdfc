"use server";
import { redirect } from "next/navigation";
import { signOutSession, signOutSessions } from "#lib/account/settings/sign-out-sessions.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { withdrawCookie } from "#lib/server/sign-in/auth.ts";
import { forgetOwnBrowser } from "#lib/session/forget-browser.ts";

const PATH = "/settings/sessions";

/** One that is gone already needs no word of its own: the list shows that it is. */
export async function signOutOne(form: FormData): Promise<void> {
  const { ctx } = await requireSession(PATH);
  const sessionId = form.get("sessionId");
  const ended = isUuid(sessionId) && (await signOutSession(ctx, sessionId)).ok;
  redirect(ended ? `${PATH}?done=session&of=${sessionId}` : PATH);
}

export async function signOutOthers(): Promise<void> {
  const { ctx } = await requireSession(PATH);
  await signOutSessions(ctx, "others");
  redirect(`${PATH}?done=others`);
}

export async function signOutEverywhere(): Promise<void> {
  const { ctx } = await requireSession(PATH);
  await signOutSessions(ctx, "everywhere");
  await withdrawCookie();
  redirect("/sign-in?notice=signedOut");
}

export async function forgetBrowser(form: FormData): Promise<void> {
  const { ctx } = await requireSession(PATH);
  const browserId = form.get("browserId");
  const forgotten = isUuid(browserId) && (await forgetOwnBrowser(ctx, browserId)).ok;
  redirect(forgotten ? `${PATH}?done=browser&of=${browserId}` : PATH);
}
