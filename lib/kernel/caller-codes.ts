import { keyedHash } from "./digest.ts";
import { eachKey, type Keyring, type KeySet } from "./keyring.ts";

const DIGITS = 6;

/** What a check keeps of its codes: by these the key is known that made them. */
type CheckRow = { id: string; spokenDigest: string | null; counterpartDigest: string | null };

const digitsUnder = (set: KeySet, purpose: string, checkId: string): string =>
  (keyedHash(set, purpose, checkId).readBigUInt64BE() % 10n ** BigInt(DIGITS)).toString().padStart(DIGITS, "0");

const spokenUnder = (set: KeySet, code: string): string =>
  keyedHash(set, "caller.spoken-digest", code).toString("base64url");

const counterpartUnder = (set: KeySet, checkId: string, code: string): string =>
  keyedHash(set, "caller.counterpart-digest", `${checkId}\0${code}`).toString("base64url");

/** The key that made a check's codes. */
const setOf = (keys: Keyring, row: CheckRow): KeySet =>
  eachKey(keys.link).find((set) => spokenUnder(set, digitsUnder(set, "caller.spoken", row.id)) === row.spokenDigest) ??
  keys.link;

/** What the officer of a new check reads out, derived from its row. 64 bits modulo 10^6 leave no bias to speak of. */
export const newSpokenCode = (keys: Keyring, checkId: string): string =>
  digitsUnder(keys.link, "caller.spoken", checkId);

/** What whoever calls reads back of it. */
export const newCounterpart = (keys: Keyring, checkId: string): string =>
  digitsUnder(keys.link, "caller.counterpart", checkId);

/** What a new check keeps. A check is found by what was read out; keyed, since six digits could be tried out against a bare hash. */
export function callerDigests(keys: Keyring, checkId: string): { spokenDigest: string; counterpartDigest: string } {
  return {
    spokenDigest: spokenUnder(keys.link, newSpokenCode(keys, checkId)),
    counterpartDigest: counterpartUnder(keys.link, checkId, newCounterpart(keys, checkId)),
  };
}

/** What the officer reads out. */
export const spokenCodeOf = (keys: Keyring, check: CheckRow): string =>
  digitsUnder(setOf(keys, check), "caller.spoken", check.id);

/** What the caller reads back. It follows from the spoken one for nobody without the key. */
export const counterpartOf = (keys: Keyring, check: CheckRow): string =>
  digitsUnder(setOf(keys, check), "caller.counterpart", check.id);

/** What a check is found by that was read out: under each key there is, the present one first. */
export const spokenDigests = (keys: Keyring, code: string): string[] =>
  eachKey(keys.link).map((set) => spokenUnder(set, code));

/** Whether this is the counterpart of the check and of no other. */
export const isCounterpart = (keys: Keyring, check: CheckRow, code: string): boolean =>
  counterpartUnder(setOf(keys, check), check.id, code) === check.counterpartDigest;
