"use server";
import { redirect } from "next/navigation";
import { confirmMailboxChange } from "#lib/account/mailbox/confirm-mailbox-change.ts";
import { clearCookie, readCookie } from "#lib/server/request/browser-cookies.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { withdrawCookie } from "#lib/server/sign-in/auth.ts";
import { endSession } from "#lib/session/end-session.ts";
import { signInPath } from "#lib/sign-in/sign-in-path.ts";

const PATH = "/verify";

/** "Sahkan emel ini". The page itself says what became of a link that leads no further. */
export async function confirm(): Promise<void> {
  const [{ ctx }, token] = await Promise.all([requireSession(PATH), readCookie("mailbox")]);
  if (!token) redirect(PATH);
  const confirmed = await confirmMailboxChange(ctx, token);
  if (confirmed.ok) {
    await clearCookie("mailbox");
    redirect(`/settings/profile/email/${confirmed.value.which}?done=changed`);
  }
  switch (confirmed.error) {
    case "signed_out":
      return redirect(signInPath(PATH));
    case "taken":
      return redirect(`${PATH}?taken=1`);
    default:
      return redirect(PATH);
  }
}

/** Signed in as somebody else: out, and to the sign-in that comes back here. */
export async function changeAccount(): Promise<void> {
  const [{ ctx }, token] = await Promise.all([requireSession(PATH), readCookie("session")]);
  if (token) await endSession(ctx, token, "signed_out");
  await withdrawCookie();
  redirect(signInPath(PATH));
}
