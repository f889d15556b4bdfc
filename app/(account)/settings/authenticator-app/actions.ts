"use server";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { FormState } from "#app/form-state.ts";
import { beginTotp, cancelTotp } from "#lib/authenticators/totp/begin-totp.ts";
import { confirmTotp } from "#lib/authenticators/totp/confirm-totp.ts";
import { removeTotp } from "#lib/authenticators/totp/remove-totp.ts";
import { field } from "#lib/kernel/plain-text.ts";
import { issueCookie } from "#lib/server/auth.ts";
import { requireSession } from "#lib/server/current-session.ts";
import { changeRefused } from "../change-refused.ts";
import { settingsPages } from "../settings-pages.ts";
import { issuerName } from "./issuer.ts";

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
  const [{ ctx }, t] = await Promise.all([requireSession(path), getTranslations("authenticatorApp.errors")]);
  const wrong = (message: string): FormState<"code"> => ({ values: {}, errors: { code: message } });
  const code = field(form, "code", { max: 32 });
  if (!code.ok) return wrong(t(code.error === "missing" ? "missing" : "shape"));
  const confirmed = await confirmTotp(ctx, code.value);
  if (confirmed.ok) {
    const { sessionToken, first, replaced } = confirmed.value;
    if (sessionToken) await issueCookie(sessionToken);
    redirect(`${path}?done=${first ? "first" : replaced ? "replaced" : "added"}`);
  }
  switch (confirmed.error) {
    case "code_shape":
      return wrong(t("shape"));
    case "code_mismatch":
      return wrong(t("mismatch", { issuer: await issuerName() }));
    case "clock_skew":
      return wrong(t(confirmed.skew?.direction ?? "behind", { minutes: confirmed.skew?.minutes ?? 1 }));
    case "tries_used":
      return redirect(`${path}?stopped=tries`);
    case "not_begun":
      return redirect(`${path}?stopped=expired`);
    default:
      return changeRefused(confirmed.error, path);
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
