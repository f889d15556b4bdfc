import { keyedHash } from "./digest.ts";
import { eachKey, type Keyring, type KeySet } from "./keyring.ts";

const CODE_DIGITS = 6;

const codeUnder = (set: KeySet, codeId: string): string =>
  (keyedHash(set, "email_code.code", codeId).readBigUInt64BE() % 10n ** BigInt(CODE_DIGITS))
    .toString()
    .padStart(CODE_DIGITS, "0");

const digestUnder = (set: KeySet, ceremonyId: string, code: string): string =>
  keyedHash(set, "email_code.code-digest", `${ceremonyId}\0${code}`).toString("base64url");

/**
 * The code of a sign-in's letter, derived from its row: a retried letter carries the same one. 64 bits modulo 10^6
 * leave no bias to speak of. `row`: where it was made before, perhaps under a former key.
 */
export function emailCodeOf(keys: Keyring, codeId: string, row?: { ceremonyId: string; codeDigest: string }): string {
  const made =
    row &&
    eachKey(keys.link).find((set) => digestUnder(set, row.ceremonyId, codeUnder(set, codeId)) === row.codeDigest);
  return codeUnder(made ?? keys.link, codeId);
}

/** Keyed, since six digits could be tried out against a bare hash; bound to the sign-in, so that it opens no other. */
export const emailCodeDigest = (keys: Keyring, ceremonyId: string, code: string): string =>
  digestUnder(keys.link, ceremonyId, code);

/** The same under each key there is: a code that was mailed under the former one still opens. */
export const emailCodeDigests = (keys: Keyring, ceremonyId: string, code: string): string[] =>
  eachKey(keys.link).map((set) => digestUnder(set, ceremonyId, code));
