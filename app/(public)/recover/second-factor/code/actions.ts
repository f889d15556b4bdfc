"use server";
import { redirect } from "next/navigation";
import { openRecoveryByCode } from "#lib/recovery/lost-factor/open-recovery-by-code.ts";
import { setCookie } from "#lib/server/request/browser-cookies.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { pendingRecovery } from "#lib/server/request/pending-recovery.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import type { MailedCodeState } from "../../../mailed-code/form.tsx";
import { readWhoseNumber, tryMailedCode } from "../../../mailed-code/try-mailed-code.ts";

/** The typed code leads where the mailed link leads. */
export async function enterRecoveryCode(_: MailedCodeState, form: FormData): Promise<MailedCodeState> {
  const [ctx, t] = await Promise.all([currentContext(), getTranslations("recover.code")]);
  const whose = readWhoseNumber(ctx, form, (await pendingRecovery(ctx, "lost"))?.identity ?? null);
  const words = { shape: t("shape"), mismatch: (facts: { tries: number }) => t("mismatch", facts) };
  const tried = await tryMailedCode(ctx, form, whose, words, (...typed) => openRecoveryByCode(ctx, ...typed));
  if (!tried.ok) return tried.state;
  await setCookie("recovery", tried.token);
  redirect("/recover/second-factor/progress");
}
