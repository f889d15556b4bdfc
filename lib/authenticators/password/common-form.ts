import { folded, withoutLookAlikes } from "../plain-words.ts";
import { predictableShare } from "../predictable.ts";

/** Hex digits of SHA-256: the browser sends the first 3 (one of 4,096 buckets), the bucket answers the 13 after them. */
export const PREFIX_DIGITS = 3;
export const KEPT_DIGITS = 16;

const LETTERS_THAT_MAKE_A_WORD = 4;
/** Beyond 128 a password is refused anyway. */
const LOOKED_AT = 128;

/**
 * What is left of a password once the disguises that everybody knows are taken off: case, spaces and joints, digits and signs around it,
 * signs for letters, repetition. `P@ssw0rd1234!` and `passwordpassword` both are `password` (spelt in look-alikes).
 * The list of common passwords is kept in this form too.
 */
export function commonForm(plain: string): string {
  const text = folded(plain.slice(0, LOOKED_AT)).replace(/[\s\p{Dash_Punctuation}_.]/gu, "");
  const core = text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
  const letters = core.replace(/[^\p{L}]/gu, "").length;
  return withoutLookAlikes(letters >= LETTERS_THAT_MAKE_A_WORD ? core : text).replace(/^(.+?)\1+$/u, "$1");
}

/** Whether most of it is runs such as `1234`, `qwerty`, `aaaa`, which guessers try before any list. */
export const isPredictable = (plain: string): boolean => predictableShare(plain) >= 0.7;

/** Where a password's common form would stand in the list. WebCrypto, so that the browser asks without sending the password. */
export async function commonPrefix(plain: string): Promise<{ prefix: string; suffix: string }> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(commonForm(plain))));
  const digits = Array.from(hash.subarray(0, KEPT_DIGITS / 2), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return { prefix: digits.slice(0, PREFIX_DIGITS), suffix: digits.slice(PREFIX_DIGITS) };
}
