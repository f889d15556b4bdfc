import { keyedHash } from "./digest.ts";
import type { Keyring } from "./keyring.ts";

const CODE_DIGITS = 6;

/**
 * The code of a sign-in's letter, derived from its row: a retried letter carries the same one. 64 bits modulo 10^6
 * leave no bias to speak of.
 */
export const emailCodeOf = (keys: Keyring, codeId: string): string =>
  (keyedHash(keys.link, "email_code.code", codeId).readBigUInt64BE() % 10n ** BigInt(CODE_DIGITS))
    .toString()
    .padStart(CODE_DIGITS, "0");

/** Keyed, since six digits could be tried out against a bare hash; bound to the sign-in, so that it opens no other. */
export const emailCodeDigest = (keys: Keyring, ceremonyId: string, code: string): string =>
  keyedHash(keys.link, "email_code.code-digest", `${ceremonyId}\0${code}`).toString("base64url");
