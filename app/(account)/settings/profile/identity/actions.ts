"use server";
import { headers } from "next/headers";
import { countryOptions } from "#app/(public)/country-options.ts";
import { readIdentity } from "#app/(public)/read-identity.ts";
import { type IdentityReason, identityReasons } from "#lib/account/profile/list-corrections.ts";
import { requestIdentity } from "#lib/account/profile/request-correction.ts";
import { field } from "#lib/kernel/plain-text.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { stepUp } from "#lib/server/sign-in/step-up.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";
import { changeRefused } from "../../change-refused.ts";
import { answerFiled, wordsOfRefusal } from "../answer-filed.ts";
import { readReason } from "../read-reason.ts";
import type { IdentityState } from "./form.tsx";

const PATH = "/settings/profile/identity";

export async function askForIdentity(_: IdentityState, form: FormData): Promise<IdentityState> {
  const [{ ctx }, t, asked] = await Promise.all([requireSession(PATH), getTranslations("requests"), headers()]);
  const { language } = ctx.request;
  const words = refusalWords(language);
  const { typed, identity, errors } = readIdentity(form);
  const why = readWhy(form);
  const { reason, typed: typedReason, message } = await readReason(form, language);
  const state: IdentityState = {
    values: { ...typed, why: why ?? "", reason: typedReason },
    errors: Object.fromEntries(Object.entries(errors).map(([at, code]) => [at, words(code)])),
  };
  // Without JavaScript the countries could not have been fetched.
  if (typed.identityType === "passport" && !asked.has("next-action")) {
    const register = await getTranslations("register.form");
    state.countries = countryOptions(language, register("countryPlaceholder"));
  }
  if (!why) state.errors.why = t("identity.whyMissing");
  if (message) state.errors.reason = message;
  if (!identity.ok || !why || message) return state;
  const filed = await requestIdentity(ctx, { identity: identity.value, why, reason });
  if (filed.ok) return answerFiled("identity");
  switch (filed.error) {
    case "step_up":
      return changeRefused(filed.error, PATH);
    case "identity_same":
      return { ...state, errors: { identityNumber: words(filed.error) } };
    case "reason_unfit":
      return { ...state, errors: { why: words(filed.error) } };
    default:
      return { ...state, errors: { form: await wordsOfRefusal("identity", filed.error) } };
  }
}

function readWhy(form: FormData): IdentityReason | undefined {
  const why = field(form, "why", { max: 40 });
  return identityReasons.find((each) => why.ok && each === why.value);
}

/** Asked for before the form is there, so that no number is typed that is then lost on the way. */
export async function proveFirst(): Promise<void> {
  return stepUp(PATH);
}
