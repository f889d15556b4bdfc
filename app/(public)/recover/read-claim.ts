import { typedIn } from "#app/typed-in.ts";
import { verifyCaptcha } from "#lib/account/registration/captcha.ts";
import type { Context } from "#lib/kernel/context.ts";
import { parseEmail } from "#lib/kernel/email-address.ts";
import type { IdentityNumber } from "#lib/kernel/identity-number.ts";
import { field } from "#lib/kernel/plain-text.ts";
import { answerWith } from "#lib/server/answer.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";
import { mayRecover, type Recovery } from "#lib/throttle/may-recover.ts";
import { readIdentity } from "../read-identity.ts";
import type { ClaimState } from "./claim-form.tsx";

/** Whose account it is said to be, by somebody who may ask; or the form again, with what is wrong. */
type Claimed =
  | { ok: true; value: { identity: IdentityNumber; officialEmail: string; captcha: boolean } }
  | { ok: false; state: ClaimState };

/**
 * Reads the form of a recovery and spends one of the address's requests. The domain of the mailbox is not looked at: an
 * agency may have changed its own since, and a stranger's address is nobody's anyway.
 */
export async function readClaim(ctx: Context, form: FormData, what: Recovery): Promise<Claimed> {
  const words = refusalWords(ctx.request.language);
  const { typed, identity, errors: identityErrors } = readIdentity(form);
  const email = field(form, "officialEmail", { max: 300 });
  const officialEmail = email.ok ? parseEmail(email.value) : email;
  const state: ClaimState = {
    values: { ...typed, officialEmail: typedIn(form, "officialEmail") },
    errors: Object.fromEntries(Object.entries(identityErrors).map(([at, code]) => [at, words(code)])),
  };
  if (!officialEmail.ok)
    state.errors.officialEmail = words(officialEmail.error === "missing" ? "email_missing" : officialEmail.error);
  // Without JavaScript the field is not there at all; with it, the box is to be ticked.
  const [payload = null, ...repeated] = form.getAll("captcha");
  if (payload === "") state.errors.captcha = words("captcha_missing");
  if (!identity.ok || !officialEmail.ok || payload === "") return { ok: false, state };

  const captcha = typeof payload === "string" && repeated.length === 0 && (await verifyCaptcha(ctx, payload));
  if (payload !== null && !captcha)
    return { ok: false, state: { ...state, errors: { captcha: words("captcha_failed") } } };
  const refused = await spendRequest(ctx, what, captcha);
  if (refused) return { ok: false, state: { ...state, errors: { form: refused } } };
  return { ok: true, value: { identity: identity.value, officialEmail: officialEmail.value, captcha } };
}

/** Counts one request of the client's address. Null where it may go on; else 429, and the words for it. */
export async function spendRequest(ctx: Context, what: Recovery, captcha: boolean): Promise<string | null> {
  const allowed = await mayRecover(ctx, what, captcha);
  if (allowed.ok) return null;
  const wait = allowed.retryAfterSeconds ?? 3_600;
  answerWith(429, { "retry-after": String(wait) });
  return (await getTranslations("recover"))("tooMany", { minutes: Math.ceil(wait / 60) });
}
