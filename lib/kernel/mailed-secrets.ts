import { timingSafeEqual } from "node:crypto";
import { digest, keyedHash } from "./digest.ts";
import { eachKey, type Keyring, type KeySet } from "./keyring.ts";

/** What a mailed link or typed code is for: one made for one purpose opens nothing else. */
export type MailedPurpose = "activation" | "undo" | "reset" | "recovery" | "mailbox" | "enrolment";

/** A row that stands for a link, with the digest it was kept with: by that one the key is known that made it. */
export type MailedRow = { id: string; tokenDigest: string };

const CODE_DIGITS = 8;

const tokenUnder = (set: KeySet, purpose: MailedPurpose, rowId: string): string =>
  keyedHash(set, `${purpose}.token`, rowId).toString("base64url");

const codeUnder = (set: KeySet, purpose: MailedPurpose, rowId: string): string =>
  (keyedHash(set, `${purpose}.code`, rowId).readBigUInt64BE() % 10n ** BigInt(CODE_DIGITS))
    .toString()
    .padStart(CODE_DIGITS, "0");

/** Keyed, since eight digits could be tried out against a bare hash. */
const codeDigestUnder = (set: KeySet, purpose: MailedPurpose, rowId: string, code: string): string =>
  keyedHash(set, `${purpose}.code-digest`, `${rowId}\0${code}`).toString("base64url");

/**
 * The secret of a mailed link that is made now, 256 bits, derived from the row it stands for: none is kept. Of a link that
 * was made before, `tokenOf`.
 */
export const mailedToken = (keys: Keyring, purpose: MailedPurpose, rowId: string): string =>
  tokenUnder(keys.link, purpose, rowId);

/** The code to type on another device: eight digits. 64 bits modulo 10^8 leave a bias below 10^-11. */
export const mailedCode = (keys: Keyring, purpose: MailedPurpose, rowId: string): string =>
  codeUnder(keys.link, purpose, rowId);

export const mailedCodeDigest = (keys: Keyring, purpose: MailedPurpose, rowId: string, code: string): string =>
  codeDigestUnder(keys.link, purpose, rowId, code);

/** What the row keeps of the link and the code that are mailed for it. */
export const mailedDigests = (keys: Keyring, purpose: MailedPurpose, rowId: string) => ({
  tokenDigest: digest(mailedToken(keys, purpose, rowId)),
  codeDigest: mailedCodeDigest(keys, purpose, rowId, mailedCode(keys, purpose, rowId)),
});

/** The key a row's link was made with; the present one where none of them made it, and then it opens nothing. */
const setOf = (keys: Keyring, purpose: MailedPurpose, { id, tokenDigest }: MailedRow): KeySet =>
  eachKey(keys.link).find((set) => digest(tokenUnder(set, purpose, id)) === tokenDigest) ?? keys.link;

/** The secret of a link that was made before, whichever key made it: a letter that goes out late carries the same one. */
export const tokenOf = (keys: Keyring, purpose: MailedPurpose, row: MailedRow): string =>
  tokenUnder(setOf(keys, purpose, row), purpose, row.id);

/** The code that goes with it. */
export const codeOf = (keys: Keyring, purpose: MailedPurpose, row: MailedRow): string =>
  codeUnder(setOf(keys, purpose, row), purpose, row.id);

/** Whether this code was mailed for the row, under any of the keys. */
export const isMailedCode = (
  keys: Keyring,
  purpose: MailedPurpose,
  { id, codeDigest }: { id: string; codeDigest: string | null },
  code: string,
): boolean =>
  codeDigest !== null && eachKey(keys.link).some((set) => isSame(codeDigestUnder(set, purpose, id, code), codeDigest));

const isSame = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));

/** As it is read aloud and typed: two groups of four. */
export const groupedCode = (code: string): string => `${code.slice(0, 4)} ${code.slice(4)}`;
