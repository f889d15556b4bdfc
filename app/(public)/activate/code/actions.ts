"use server";
import { redirect } from "next/navigation";
import { openActivationByCode } from "#lib/account/activation/open-activation-by-code.ts";
import { setCookie } from "#lib/server/request/browser-cookies.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { pendingRequest } from "#lib/server/request/pending-request.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import type { MailedCodeState } from "../../mailed-code/form.tsx";
import { readWhoseNumber, tryMailedCode } from "../../mailed-code/try-mailed-code.ts";

/** The typed code leads where the mailed link leads: to the page that shows whose account it is. */
export async function enterCode(_: MailedCodeState, form: FormData): Promise<MailedCodeState> {
  const [ctx, t] = await Promise.all([currentContext(), getTranslations("activate.code")]);
  const whose = readWhoseNumber(ctx, form, (await pendingRequest(ctx))?.identity ?? null);
  const words = { shape: t("shape"), mismatch: (facts: { tries: number }) => t("mismatch", facts) };
  const tried = await tryMailedCode(ctx, form, whose, words, (...typed) => openActivationByCode(ctx, ...typed));
  if (!tried.ok) return tried.state;
  await setCookie("link", tried.token);
  redirect("/activate/confirm");
}
