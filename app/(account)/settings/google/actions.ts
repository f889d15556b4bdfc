"use server";
import { notFound, redirect } from "next/navigation";
import { isProven, standingOf } from "#lib/assurance/sensitive.ts";
import { linkGoogle } from "#lib/authenticators/google/link-google.ts";
import { unlinkGoogle } from "#lib/authenticators/google/unlink-google.ts";
import { config } from "#lib/server/config.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { goToGoogle } from "#lib/server/sign-in/google-errand.ts";
import { forgetGoogle, googleToOffer } from "#lib/server/sign-in/remembered-google.ts";
import { changeRefused } from "../change-refused.ts";

const PATH = "/settings/google";

/** To Google, by somebody who has just proven who they are; `linkGoogle` asks again when they are back. */
export async function startLinking(): Promise<void> {
  const { ctx, session } = await requireSession(PATH);
  if (!config().google) notFound();
  const standing = await standingOf(ctx.db, ctx);
  if (!standing) return changeRefused("signed_out", PATH);
  if (!isProven(standing, ctx.now())) return changeRefused("step_up", PATH);
  if (standing.enrolled.google) redirect(`${PATH}?notice=already_linked`);
  await goToGoogle(ctx, { want: "link", sessionId: session.id });
}

/** Links the account that this browser remembers for the owner. */
export async function linkRemembered(): Promise<void> {
  const { ctx, session } = await requireSession(PATH);
  const google = config().google ? await googleToOffer(ctx, session.accountId) : null;
  if (!google) redirect(PATH);
  const linked = await linkGoogle(ctx, google);
  if (!linked.ok && (linked.error === "step_up" || linked.error === "signed_out"))
    return changeRefused(linked.error, PATH);
  await forgetGoogle();
  redirect(linked.ok ? `${PATH}?done=linked` : `${PATH}?notice=${linked.error}`);
}

/** It was somebody else's, or a mistake. */
export async function forgetRemembered(): Promise<void> {
  await requireSession(PATH);
  await forgetGoogle();
  redirect(`${PATH}?done=forgotten`);
}

export async function unlink(): Promise<void> {
  const { ctx } = await requireSession(PATH);
  const unlinked = await unlinkGoogle(ctx);
  if (unlinked.ok) redirect(`${PATH}?done=unlinked`);
  switch (unlinked.error) {
    case "not_linked":
    case "last_way":
      return redirect(`${PATH}?notice=${unlinked.error}`);
    default:
      return changeRefused(unlinked.error, PATH);
  }
}
