"use server";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { FormState } from "#app/form-state.ts";
import { parseEmail } from "#lib/kernel/email-address.ts";
import { plainCharacters } from "#lib/kernel/identity-number.ts";
import { field } from "#lib/kernel/plain-text.ts";
import { openResetByCode } from "#lib/recovery/forgotten-password/open-reset-by-code.ts";
import { setCookie } from "#lib/server/request/browser-cookies.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { pendingRecovery } from "#lib/server/request/pending-recovery.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";
import { limits } from "#lib/throttle/limits.ts";
import { shown } from "../../read-identity.ts";
import { tooManyTries } from "../../too-many-tries.ts";
import type { ResetCodeField } from "./form.tsx";

/** The typed code leads where the mailed link leads. */
export async function enterResetCode(_: FormState<ResetCodeField>, form: FormData): Promise<FormState<ResetCodeField>> {
  const [ctx, t] = await Promise.all([currentContext(), getTranslations("recover.code")]);
  const words = refusalWords(ctx.request.language);
  const asked = form.has("officialEmail");
  const email = field(form, "officialEmail", { max: 300 });
  const typed = email.ok ? parseEmail(email.value) : email;
  const whose = asked
    ? typed.ok
      ? typed.value
      : null
    : ((await pendingRecovery(ctx, "forgot"))?.officialEmail ?? null);
  const code = field(form, "code", { max: 40 });
  const digits = code.ok ? plainCharacters(code.value) : "";

  const state: FormState<ResetCodeField> = {
    values: { officialEmail: shown(form, "officialEmail"), code: shown(form, "code") },
    errors: {},
  };
  if (asked && !typed.ok) state.errors.officialEmail = words(typed.error === "missing" ? "email_missing" : typed.error);
  if (!code.ok && code.error !== "missing") state.errors.code = words(code.error);
  else if (!/^[0-9]{8}$/.test(digits)) state.errors.code = t("shape");
  if (Object.keys(state.errors).length > 0) return state;
  if (!whose) redirect("/recover/code");

  const opened = await openResetByCode(ctx, whose, digits);
  if (!opened.ok && opened.error === "too_many")
    return { ...state, errors: { code: await tooManyTries(opened.retryAfterSeconds) } };
  if (!opened.ok) return { ...state, errors: { code: t("mismatch", { tries: limits.codeTriesPerLink }) } };
  await setCookie("reset", opened.value.token);
  redirect("/recover/password");
}
