"use server";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { openRecoveryByCode } from "#lib/recovery/lost-factor/open-recovery-by-code.ts";
import { setCookie } from "#lib/server/request/browser-cookies.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { pendingRecovery } from "#lib/server/request/pending-recovery.ts";
import { limits } from "#lib/throttle/limits.ts";
import type { MailedCodeState } from "../../../mailed-code/form.tsx";
import { readMailedCode } from "../../../mailed-code/read-mailed-code.ts";
import { tooManyTries } from "../../../too-many-tries.ts";

/** The typed code leads where the mailed link leads. */
export async function enterRecoveryCode(_: MailedCodeState, form: FormData): Promise<MailedCodeState> {
  const [ctx, t] = await Promise.all([currentContext(), getTranslations("recover.code")]);
  const pending = await pendingRecovery(ctx, "lost");
  const typed = readMailedCode(ctx, form, pending?.identity ?? null, t("shape"));
  if (!typed.ok) return typed.state;
  const { state, value } = typed;
  const opened = await openRecoveryByCode(ctx, value.identity, value.code);
  if (!opened.ok && opened.error === "too_many")
    return { ...state, errors: { code: await tooManyTries(opened.retryAfterSeconds) } };
  if (!opened.ok) return { ...state, errors: { code: t("mismatch", { tries: limits.codeTriesPerLink }) } };
  await setCookie("recovery", opened.value.token);
  redirect("/recover/second-factor/progress");
}
