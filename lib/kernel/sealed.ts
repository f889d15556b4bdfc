import { createCipheriv, createDecipheriv } from "node:crypto";
import { currentKey, type KeySet } from "./keyring.ts";

/** `keyId.iv.tag+ciphertext`, base64url. A key id is letters, digits and dashes. */
export type Sealed = string & { readonly sealed: true };

const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts with AES-256-GCM under the current key. `purpose` (`account.identity`) and `owner` (a row's id) are
 * authenticated with it, so that a sealed value moved to another column or row does not open there.
 */
export function seal(
  set: KeySet,
  random: (bytes: number) => Buffer,
  plain: string,
  purpose: string,
  owner: string,
): Sealed {
  const iv = random(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", currentKey(set), iv).setAAD(Buffer.from(`${purpose}\0${owner}`));
  const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  return `${set.current}.${iv.toString("base64url")}.${Buffer.concat([cipher.getAuthTag(), body]).toString("base64url")}` as Sealed;
}

/** Opens a sealed value. Throws where the key is unknown, the value was altered, or it belongs elsewhere. */
export function unseal(set: KeySet, sealed: string, purpose: string, owner: string): string {
  const [keyId, iv, rest] = sealed.split(".");
  const key = keyId === undefined ? undefined : set.keys[keyId];
  if (!key || !iv || !rest) throw new Error(`A sealed value (${purpose}) names a key that is not here`);
  const bytes = Buffer.from(rest, "base64url");
  const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(iv, "base64url"), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(`${purpose}\0${owner}`)).setAuthTag(bytes.subarray(0, TAG_BYTES));
  return decipher.update(bytes.subarray(TAG_BYTES), undefined, "utf8") + decipher.final("utf8");
}
