import { createHmac, timingSafeEqual } from "node:crypto";
import { currentKey, type Keyring } from "./keyring.ts";
import { bytesOfUuid, uuidOfBytes } from "./uuid.ts";

const UUID_BYTES = 16;
/** 128 bits of the hash go with the id: what a link secret needs. */
const LOCK_MAC_BYTES = 16;
/** 32 bytes in base64url. */
const LOCK_TOKEN = /^[\w-]{43}$/;

const lockMac = (key: Buffer, letterId: string): Buffer =>
  createHmac("sha256", key).update(`lock.token\0${letterId}`).digest().subarray(0, LOCK_MAC_BYTES);

/**
 * The secret of "lock my account now" in a notice: the letter's id and its keyed hash. Every notice has one, and
 * nothing is kept for it: the letter's own row says whose it is and when it was owed.
 */
export const lockToken = (keys: Keyring, letterId: string): string =>
  Buffer.concat([bytesOfUuid(letterId), lockMac(currentKey(keys.link), letterId)]).toString("base64url");

/** The letter that such a secret names; null where it is not ours. Older keys read, too. */
export function letterOfLockToken(keys: Keyring, token: string): string | null {
  if (!LOCK_TOKEN.test(token)) return null;
  const bytes = Buffer.from(token, "base64url");
  const letterId = uuidOfBytes(bytes.subarray(0, UUID_BYTES));
  const given = bytes.subarray(UUID_BYTES);
  return Object.values(keys.link.keys).some((key) => timingSafeEqual(given, lockMac(key, letterId))) ? letterId : null;
}
