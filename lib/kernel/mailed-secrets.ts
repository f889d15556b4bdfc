import { createHmac } from "node:crypto";
import { digest, keyedHash } from "./digest.ts";
import { currentKey, type Keyring } from "./keyring.ts";

/** What a mailed link or typed code is for: one made for one purpose opens nothing else. */
export type MailedPurpose = "activation" | "undo" | "reset" | "recovery" | "mailbox" | "enrolment";

const CODE_DIGITS = 8;

/**
 * The secret of a mailed link, 256 bits, derived from the row it stands for: a retried letter carries the same one, and
 * none is kept.
 */
export const mailedToken = (keys: Keyring, purpose: MailedPurpose, rowId: string): string =>
  keyedHash(keys.link, `${purpose}.token`, rowId).toString("base64url");

/** The code to type on another device: eight digits. 64 bits modulo 10^8 leave a bias below 10^-11. */
export const mailedCode = (keys: Keyring, purpose: MailedPurpose, rowId: string): string =>
  (keyedHash(keys.link, `${purpose}.code`, rowId).readBigUInt64BE() % 10n ** BigInt(CODE_DIGITS))
    .toString()
    .padStart(CODE_DIGITS, "0");

/** Keyed, since eight digits could be tried out against a bare hash. */
export const mailedCodeDigest = (keys: Keyring, purpose: MailedPurpose, rowId: string, code: string): string =>
  createHmac("sha256", currentKey(keys.link)).update(`${purpose}.code-digest\0${rowId}\0${code}`).digest("base64url");

/** What the row keeps of the link and the code that are mailed for it. */
export const mailedDigests = (keys: Keyring, purpose: MailedPurpose, rowId: string) => ({
  tokenDigest: digest(mailedToken(keys, purpose, rowId)),
  codeDigest: mailedCodeDigest(keys, purpose, rowId, mailedCode(keys, purpose, rowId)),
});

/** As it is read aloud and typed: two groups of four. */
export const groupedCode = (code: string): string => `${code.slice(0, 4)} ${code.slice(4)}`;
