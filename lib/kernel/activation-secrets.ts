import { createHmac } from "node:crypto";
import { keyedHash } from "./digest.ts";
import { currentKey, type Keyring } from "./keyring.ts";

const CODE_DIGITS = 8;

/** The secret of an activation link, 256 bits, derived from its row: a retried letter carries the same one, and none is kept. */
export const activationToken = (keys: Keyring, linkId: string): string =>
  keyedHash(keys.link, "activation.token", linkId).toString("base64url");

/** The code to type on another device: eight digits. 64 bits modulo 10^8 leave a bias below 10^-11. */
export const activationCode = (keys: Keyring, linkId: string): string =>
  (keyedHash(keys.link, "activation.code", linkId).readBigUInt64BE() % 10n ** BigInt(CODE_DIGITS))
    .toString()
    .padStart(CODE_DIGITS, "0");

/** Keyed, since eight digits could be tried out against a bare hash. */
export const activationCodeDigest = (keys: Keyring, linkId: string, code: string): string =>
  createHmac("sha256", currentKey(keys.link)).update(`activation.code-digest\0${linkId}\0${code}`).digest("base64url");
