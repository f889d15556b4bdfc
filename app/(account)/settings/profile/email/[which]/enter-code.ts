"use server";
import { notFound, redirect } from "next/navigation";
import type { FormState } from "#app/form-state.ts";
import { confirmMailboxByCode } from "#lib/account/mailbox/confirm-mailbox-change.ts";
import { plainCharacters } from "#lib/kernel/identity-number.ts";
import { field } from "#lib/kernel/plain-text.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { signInPath } from "#lib/sign-in/sign-in-path.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { limits } from "#lib/throttle/limits.ts";
import { mailboxKind, pathOf } from "./mailbox-kind.ts";

const facts = { tries: limits.codeTriesPerLink };

/** The code of the letter. Never given back to the page: the next one is another. */
export async function enterMailboxCode(_: FormState<"code">, form: FormData): Promise<FormState<"code">> {
  const which = mailboxKind(form.get("which"));
  if (!which) notFound();
  const path = pathOf(which);
  const [{ ctx }, t] = await Promise.all([requireSession(path), getTranslations("mailboxChange.awaited")]);
  const wrong = (message: string): FormState<"code"> => ({ values: {}, errors: { code: message } });
  const typed = field(form, "code", { max: 40 });
  const digits = typed.ok ? plainCharacters(typed.value) : "";
  if (!/^[0-9]{8}$/.test(digits)) return wrong(t("shape"));
  const confirmed = await confirmMailboxByCode(ctx, which, digits);
  if (confirmed.ok) redirect(`${path}?done=changed`);
  switch (confirmed.error) {
    case "code_mismatch":
      return wrong(t("mismatch", facts));
    case "code_tries_used":
      return wrong(t("triesUsed", facts));
    case "too_many":
      return wrong(t("tooMany", { minutes: Math.ceil((confirmed.retryAfterSeconds ?? 60) / 60) }));
    case "taken":
    case "superseded":
      return redirect(`${path}?notice=${confirmed.error === "taken" ? "taken" : "replaced"}`);
    case "signed_out":
      return redirect(signInPath(path));
  }
}
