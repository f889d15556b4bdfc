import { keyedHash } from "./digest.ts";
import type { Keyring } from "./keyring.ts";

const DIGITS = 6;

const digitsOf = (keys: Keyring, purpose: string, checkId: string): string =>
  (keyedHash(keys.link, purpose, checkId).readBigUInt64BE() % 10n ** BigInt(DIGITS)).toString().padStart(DIGITS, "0");

/** What the officer reads out, derived from the row of the check. 64 bits modulo 10^6 leave no bias to speak of. */
export const spokenCodeOf = (keys: Keyring, checkId: string): string => digitsOf(keys, "caller.spoken", checkId);

/** What the caller reads back. It follows from the spoken one for nobody without the key. */
export const counterpartOf = (keys: Keyring, checkId: string): string => digitsOf(keys, "caller.counterpart", checkId);

/** A check is found by what was read out; keyed, since six digits could be tried out against a bare hash. */
export const spokenDigest = (keys: Keyring, code: string): string =>
  keyedHash(keys.link, "caller.spoken-digest", code).toString("base64url");

/** Bound to the check, so that it answers no other. */
export const counterpartDigest = (keys: Keyring, checkId: string, code: string): string =>
  keyedHash(keys.link, "caller.counterpart-digest", `${checkId}\0${code}`).toString("base64url");
