"use server";
import { redirect } from "next/navigation";
import { openResetByCode } from "#lib/recovery/forgotten-password/open-reset-by-code.ts";
import { setCookie } from "#lib/server/request/browser-cookies.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { pendingRecovery } from "#lib/server/request/pending-recovery.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import type { MailedCodeState } from "../../mailed-code/form.tsx";
import { readWhoseMailbox, tryMailedCode } from "../../mailed-code/try-mailed-code.ts";

/** The typed code leads where the mailed link leads. */
export async function enterResetCode(_: MailedCodeState, form: FormData): Promise<MailedCodeState> {
  const [ctx, t] = await Promise.all([currentContext(), getTranslations("recover.code")]);
  const whose = readWhoseMailbox(ctx, form, (await pendingRecovery(ctx, "forgot"))?.officialEmail ?? null);
  const words = { shape: t("shape"), mismatch: (facts: { tries: number }) => t("mismatch", facts) };
  const tried = await tryMailedCode(ctx, form, whose, words, (...typed) => openResetByCode(ctx, ...typed));
  if (!tried.ok) return tried.state;
  await setCookie("reset", tried.token);
  redirect("/recover/password");
}
