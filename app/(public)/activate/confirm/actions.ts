"use server";
import { redirect } from "next/navigation";
import type { FormState } from "#app/form-state.ts";
import { typedIn } from "#app/typed-in.ts";
import { confirmActivationLink } from "#lib/account/activation/confirm-activation-link.ts";
import { plainCharacters } from "#lib/kernel/identity-number.ts";
import { field } from "#lib/kernel/plain-text.ts";
import { browserContext } from "#lib/server/request/browser-context.ts";
import { readCookie, setCookie } from "#lib/server/request/browser-cookies.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";
import { limits } from "#lib/throttle/limits.ts";
import { tooManyTries } from "../../too-many-tries.ts";

export async function confirm(_: FormState<"identityLast4">, form: FormData): Promise<FormState<"identityLast4">> {
  const [ctx, t, token] = await Promise.all([
    browserContext(),
    getTranslations("activate.confirm"),
    readCookie("link"),
  ]);
  if (!token) redirect("/activate");
  const typed = field(form, "identityLast4", { max: 20 });
  const lastFour = typed.ok ? plainCharacters(typed.value) : "";
  const values = { identityLast4: typedIn(form, "identityLast4") };
  if (!typed.ok && typed.error !== "missing")
    return { values, errors: { identityLast4: refusalWords(ctx.request.language)(typed.error) } };
  if (!/^[0-9A-Za-z]{4}$/.test(lastFour)) return { values, errors: { identityLast4: t("shape") } };

  const confirmed = await confirmActivationLink(ctx, token, lastFour);
  if (confirmed.ok) {
    await setCookie("activation", confirmed.value.ceremonyToken);
    redirect("/activate/questions");
  }
  if (confirmed.error === "identity_mismatch")
    return { values, errors: { identityLast4: t("mismatch", { tries: limits.identityTriesPerLink }) } };
  if (confirmed.error === "too_many")
    return { values, errors: { identityLast4: await tooManyTries(confirmed.retryAfterSeconds) } };
  // The page itself says what became of the link.
  redirect("/activate/confirm");
}
