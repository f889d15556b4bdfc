"use server";
import { notFound, redirect } from "next/navigation";
import { standingOf } from "#lib/assurance/sensitive.ts";
import { removePasskey } from "#lib/authenticators/passkey/remove-passkey.ts";
import { field } from "#lib/kernel/plain-text.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { withdrawCookie } from "#lib/server/sign-in/auth.ts";
import { changeRefused } from "../../../change-refused.ts";
import { donePath, listPath, removePath } from "../../paths.ts";

export async function removeOwnPasskey(form: FormData): Promise<void> {
  const { ctx } = await requireSession(listPath);
  const passkey = field(form, "passkey", { max: 36 });
  if (!passkey.ok) notFound();
  const path = removePath(passkey.value);
  const removed = await removePasskey(ctx, passkey.value);
  if (removed.ok) {
    // It may have been all that this session had proven.
    if (await standingOf(ctx.db, ctx)) redirect(donePath("removed"));
    await withdrawCookie();
    redirect("/sign-in?notice=passkeyRemoved");
  }
  switch (removed.error) {
    case "not_found":
      // Removed already, perhaps in another tab: the list shows what is left.
      return redirect(listPath);
    case "last_factor":
      // The page says so.
      return redirect(path);
    default:
      return changeRefused(removed.error, path);
  }
}
