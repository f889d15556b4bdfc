import { createHmac, timingSafeEqual } from "node:crypto";
import { currentKey, type Keyring } from "#lib/kernel/keyring.ts";
import { bytesOfUuid, uuidOfBytes } from "#lib/kernel/uuid.ts";

/** The header that a letter carries its mark in, besides the Message-ID. */
export const LETTER_HEADER = "X-Kunci-Letter";

const UUID_BYTES = 16;
const MAC_BYTES = 16;

/** In hexadecimal, since servers on the way may change the case of a Message-ID. */
export const MARK = /[\da-f]{64}/i;

const mac = (key: Buffer, letterId: string): Buffer =>
  createHmac("sha256", key).update(`letter.mark\0${letterId}`).digest().subarray(0, MAC_BYTES);

/**
 * How a letter is known again when it comes back as mail: its id and 128 bits of a keyed hash of it. Whoever knows an id
 * cannot make one up, so a forged bounce changes nothing.
 */
export const letterMark = (keys: Keyring, letterId: string): string =>
  Buffer.concat([bytesOfUuid(letterId), mac(currentKey(keys.link), letterId)]).toString("hex");

/** The letter that a mark names; null where it is not ours. Older keys read, too. */
export function letterOfMark(keys: Keyring, mark: string): string | null {
  if (mark.length !== 2 * (UUID_BYTES + MAC_BYTES) || !MARK.test(mark)) return null;
  const bytes = Buffer.from(mark, "hex");
  const letterId = uuidOfBytes(bytes.subarray(0, UUID_BYTES));
  const given = bytes.subarray(UUID_BYTES);
  return Object.values(keys.link.keys).some((key) => timingSafeEqual(given, mac(key, letterId))) ? letterId : null;
}
