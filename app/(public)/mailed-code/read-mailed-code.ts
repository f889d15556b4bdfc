import type { Context } from "#lib/kernel/context.ts";
import { type IdentityNumber, plainCharacters } from "#lib/kernel/identity-number.ts";
import { field } from "#lib/kernel/plain-text.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";
import { readIdentity, shown } from "../read-identity.ts";
import type { MailedCodeState } from "./form.tsx";

type MailedCode =
  | { ok: true; value: { identity: IdentityNumber; code: string }; state: MailedCodeState }
  | { ok: false; state: MailedCodeState };

/**
 * Reads a typed code and whose it is. `known`: the number this browser asked for, where the form does not ask for it.
 * `shape`: what is said of a code that is not eight digits.
 */
export function readMailedCode(ctx: Context, form: FormData, known: IdentityNumber | null, shape: string): MailedCode {
  const words = refusalWords(ctx.request.language);
  const asked = form.has("identityNumber") || known === null;
  const { typed, identity, errors } = readIdentity(form);
  const code = field(form, "code", { max: 40 });
  const digits = code.ok ? plainCharacters(code.value) : "";
  const state: MailedCodeState = {
    values: { ...typed, code: shown(form, "code") },
    errors: asked ? Object.fromEntries(Object.entries(errors).map(([at, refusal]) => [at, words(refusal)])) : {},
  };
  if (!code.ok && code.error !== "missing") state.errors.code = words(code.error);
  else if (!/^[0-9]{8}$/.test(digits)) state.errors.code = shape;
  const whose = asked ? (identity.ok ? identity.value : null) : known;
  return whose && Object.keys(state.errors).length === 0
    ? { ok: true, value: { identity: whose, code: digits }, state }
    : { ok: false, state };
}
