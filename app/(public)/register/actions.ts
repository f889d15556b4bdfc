"use server";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { typedIn } from "#app/typed-in.ts";
import { verifyCaptcha } from "#lib/account/registration/captcha.ts";
import { registerAccount } from "#lib/account/registration/register-account.ts";
import { parseOfficialEmail } from "#lib/kernel/email-address.ts";
import { parsePersonName } from "#lib/kernel/person-name.ts";
import { field } from "#lib/kernel/plain-text.ts";
import { findOfferedOffice } from "#lib/office/find-office.ts";
import { officialDomains } from "#lib/office/official-domains.ts";
import { answerWith } from "#lib/server/answer.ts";
import { browserContext } from "#lib/server/request/browser-context.ts";
import { rememberRequest } from "#lib/server/request/pending-request.ts";
import { rememberGoogleFor } from "#lib/server/sign-in/remembered-google.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";
import { mayRegister } from "#lib/throttle/may-register.ts";
import { countryOptions } from "../country-options.ts";
import { readIdentity } from "../read-identity.ts";
import type { RegisterState } from "./form.tsx";

export async function register(_: RegisterState, form: FormData): Promise<RegisterState> {
  const [ctx, asked] = await Promise.all([browserContext(), headers()]);
  // The page as it is now says that nobody registers, and what to do instead.
  if (ctx.policy.registration === "closed") redirect("/register");
  const officeId = field(form, "office", { max: 36 });
  const office = officeId.ok ? await findOfferedOffice(ctx, officeId.value) : null;
  const domains = officialDomains(ctx.policy, office);
  const words = refusalWords(ctx.request.language, { domains });
  const { typed, identity, errors: identityErrors } = readIdentity(form);
  const name = field(form, "fullName", { max: 200 });
  const fullName = name.ok ? parsePersonName(name.value) : name;
  const email = field(form, "officialEmail", { max: 300 });
  const officialEmail = email.ok ? parseOfficialEmail(email.value, domains) : email;

  const t = await getTranslations("register");
  const state: RegisterState = {
    values: {
      ...typed,
      fullName: typedIn(form, "fullName"),
      officialEmail: typedIn(form, "officialEmail"),
      office: typedIn(form, "office"),
    },
    errors: Object.fromEntries(Object.entries(identityErrors).map(([at, code]) => [at, words(code)])),
  };
  if (typed.identityType === "passport" && !asked.has("next-action"))
    state.countries = countryOptions(ctx.request.language, t("form.countryPlaceholder"));
  if (!fullName.ok) state.errors.fullName = words(fullName.error === "missing" ? "name_missing" : fullName.error);
  if (!officialEmail.ok)
    state.errors.officialEmail = words(officialEmail.error === "missing" ? "email_missing" : officialEmail.error);
  if (!office) state.errors.office = t("officeUnknown");
  // Without JavaScript the field is not there at all; with it, the box is to be ticked.
  const [payload = null, ...repeated] = form.getAll("captcha");
  if (payload === "") state.errors.captcha = words("captcha_missing");
  if (!identity.ok || !fullName.ok || !officialEmail.ok || !office || payload === "") return state;

  const captcha = typeof payload === "string" && repeated.length === 0 && (await verifyCaptcha(ctx, payload));
  if (payload !== null && !captcha) return { ...state, errors: { captcha: words("captcha_failed") } };
  const allowed = await mayRegister(ctx, captcha);
  if (!allowed.ok) {
    const wait = allowed.retryAfterSeconds ?? 3_600;
    answerWith(429, { "retry-after": String(wait) });
    return { ...state, errors: { form: t("tooMany", { minutes: Math.ceil(wait / 60) }) } };
  }

  const registered = await registerAccount(
    ctx,
    { identity: identity.value, fullName: fullName.value, officialEmail: officialEmail.value, officeId: office.id },
    captcha,
  );
  if (!registered.ok) redirect("/register");
  await rememberRequest(ctx, { identity: identity.value, officialEmail: officialEmail.value, requestedAt: ctx.now() });
  if (form.get("with") === "google") await rememberGoogleFor(ctx, identity.value);
  redirect("/register/sent");
}
