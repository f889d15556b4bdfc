"use server";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { FormState } from "#app/form-state.ts";
import { openActivationByCode } from "#lib/account/activation/open-activation-by-code.ts";
import { plainCharacters } from "#lib/kernel/identity-number.ts";
import { field } from "#lib/kernel/plain-text.ts";
import { setCookie } from "#lib/server/request/browser-cookies.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { pendingRequest } from "#lib/server/request/pending-request.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";
import { limits } from "#lib/throttle/limits.ts";
import { readIdentity, shown } from "../../read-identity.ts";
import { tooManyTries } from "../../too-many-tries.ts";
import type { CodeFormField } from "./form.tsx";

/** The typed code leads where the mailed link leads: to the page that shows whose account it is. */
export async function enterCode(_: FormState<CodeFormField>, form: FormData): Promise<FormState<CodeFormField>> {
  const [ctx, t] = await Promise.all([currentContext(), getTranslations("activate.code")]);
  const words = refusalWords(ctx.request.language);
  const asked = form.has("identityNumber");
  const { typed, identity, errors } = readIdentity(form);
  const whose = asked ? (identity.ok ? identity.value : null) : ((await pendingRequest(ctx))?.identity ?? null);
  const code = field(form, "code", { max: 40 });
  const digits = code.ok ? plainCharacters(code.value) : "";

  const state: FormState<CodeFormField> = {
    values: { ...typed, code: shown(form, "code") },
    errors: asked ? Object.fromEntries(Object.entries(errors).map(([at, refusal]) => [at, words(refusal)])) : {},
  };
  if (!code.ok && code.error !== "missing") state.errors.code = words(code.error);
  else if (!/^[0-9]{8}$/.test(digits)) state.errors.code = t("shape");
  if (Object.keys(state.errors).length > 0) return state;
  if (!whose) redirect("/activate/code");

  const opened = await openActivationByCode(ctx, whose, digits);
  if (!opened.ok && opened.error === "too_many")
    return { ...state, errors: { code: await tooManyTries(opened.retryAfterSeconds) } };
  if (!opened.ok) return { ...state, errors: { code: t("mismatch", { tries: limits.codeTriesPerLink }) } };
  await setCookie("link", opened.value.token);
  redirect("/activate/confirm");
}
