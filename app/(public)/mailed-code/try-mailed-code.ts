import { typedIn } from "#app/typed-in.ts";
import type { MailedCodeAnswer } from "#lib/account/mailed-code/open-by-code.ts";
import type { Context } from "#lib/kernel/context.ts";
import { parseEmail } from "#lib/kernel/email-address.ts";
import { type IdentityNumber, plainCharacters } from "#lib/kernel/identity-number.ts";
import { field } from "#lib/kernel/plain-text.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";
import { limits } from "#lib/throttle/limits.ts";
import { readIdentity } from "../read-identity.ts";
import { tooManyTries } from "../too-many-tries.ts";
import type { MailedCodeState } from "./form.tsx";

/** Whose code is typed: what this browser asked for, or what the form asks for where that is not known. */
type Whose<W> = { value: W | null; state: MailedCodeState };

export function readWhoseNumber(ctx: Context, form: FormData, known: IdentityNumber | null): Whose<IdentityNumber> {
  const { typed: values, identity, errors } = readIdentity(form);
  if (known && !form.has("identityNumber")) return { value: known, state: { values, errors: {} } };
  const words = refusalWords(ctx.request.language);
  const said = Object.fromEntries(Object.entries(errors).map(([at, refusal]) => [at, words(refusal)]));
  return { value: identity.ok ? identity.value : null, state: { values, errors: said } };
}

export function readWhoseMailbox(ctx: Context, form: FormData, known: string | null): Whose<string> {
  if (known && !form.has("officialEmail")) return { value: known, state: { values: {}, errors: {} } };
  const email = field(form, "officialEmail", { max: 300 });
  const typed = email.ok ? parseEmail(email.value) : email;
  const values = { officialEmail: typedIn(form, "officialEmail") };
  if (typed.ok) return { value: typed.value, state: { values, errors: {} } };
  const refusal = typed.error === "missing" ? "email_missing" : typed.error;
  return { value: null, state: { values, errors: { officialEmail: refusalWords(ctx.request.language)(refusal) } } };
}

type Tried = { ok: true; token: string } | { ok: false; state: MailedCodeState };

/**
 * Reads a typed code and tries it: the token of the link it was mailed with, or the form again. `shape`: what is said of
 * a code that is not eight digits; `mismatch`: of one that opens nothing.
 */
export async function tryMailedCode<W>(
  ctx: Context,
  form: FormData,
  { value: whose, state: { values, errors } }: Whose<W>,
  words: { shape: string; mismatch: (facts: { tries: number }) => string },
  open: (whose: W, code: string) => Promise<MailedCodeAnswer>,
): Promise<Tried> {
  const code = field(form, "code", { max: 40 });
  const digits = code.ok ? plainCharacters(code.value) : "";
  const again = (wrong: MailedCodeState["errors"]): Tried => ({
    ok: false,
    state: { values: { ...values, code: typedIn(form, "code") }, errors: { ...errors, ...wrong } },
  });
  if (!code.ok && code.error !== "missing") return again({ code: refusalWords(ctx.request.language)(code.error) });
  if (!/^[0-9]{8}$/.test(digits)) return again({ code: words.shape });
  if (whose === null) return again({});

  const opened = await open(whose, digits);
  if (opened.ok) return { ok: true, token: opened.value.token };
  if (opened.error === "too_many") return again({ code: await tooManyTries(opened.retryAfterSeconds) });
  return again({ code: words.mismatch({ tries: limits.codeTriesPerLink }) });
}
