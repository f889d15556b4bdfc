"use server";
import { redirect } from "next/navigation";
import type { FormState } from "#app/form-state.ts";
import { readCode, wordsOfWrongCode } from "#app/totp-setup/read-code.ts";
import { beginTotp, cancelTotp } from "#lib/authenticators/totp/begin-totp.ts";
import { confirmTotp } from "#lib/authenticators/totp/confirm-totp.ts";
import { removeTotp } from "#lib/authenticators/totp/remove-totp.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { issueCookie } from "#lib/server/sign-in/auth.ts";
import { changeRefused } from "../change-refused.ts";
import { settingsPages } from "../settings-pages.ts";

const { path } = settingsPages["authenticator-app"];

export async function beginApp(): Promise<void> {
  const { ctx } = await requireSession(path);
  const begun = await beginTotp(ctx);
  if (!begun.ok) return changeRefused(begun.error, path);
  redirect(path);
}

export async function cancelApp(): Promise<void> {
  const { ctx } = await requireSession(path);
  await cancelTotp(ctx);
  redirect(path);
}

export async function confirmApp(_: FormState<"code">, form: FormData): Promise<FormState<"code">> {
  const { ctx } = await requireSession(path);
  const code = await readCode(form);
  if (!code.ok) return code.state;
  const confirmed = await confirmTotp(ctx, code.value);
  if (confirmed.ok) {
    const { sessionToken, first, replaced } = confirmed.value;
    if (sessionToken) await issueCookie(sessionToken);
    redirect(`${path}?done=${first ? "first" : replaced ? "replaced" : "added"}`);
  }
  switch (confirmed.error) {
    case "tries_used":
      return redirect(`${path}?stopped=tries`);
    case "not_begun":
      return redirect(`${path}?stopped=expired`);
    case "signed_out":
    case "step_up":
      return changeRefused(confirmed.error, path);
    default:
      return wordsOfWrongCode(confirmed.error, confirmed.skew);
  }
}

export async function removeApp(): Promise<void> {
  const asking = `${path}/remove`;
  const { ctx } = await requireSession(asking);
  const removed = await removeTotp(ctx);
  if (removed.ok) redirect(`${path}?done=removed`);
  switch (removed.error) {
    case "not_found":
      // Removed already, perhaps in another tab.
      return redirect(path);
    case "last_factor":
      // The page says so.
      return redirect(asking);
    default:
      return changeRefused(removed.error, asking);
  }
}
