import { createCipheriv, createDecipheriv } from "node:crypto";
import { currentKey, type KeySet, keyObject } from "./keyring.ts";

/** `keyId.iv.tag+ciphertext`, base64url. A key id is letters, digits and dashes. */
export type Sealed = string & { readonly sealed: true };

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** What a sealed value is bound to: `purpose` (`account.identity`) and `owner` (a row's id). */
const bindingOf = (purpose: string, owner: string): Buffer => Buffer.from(`${purpose}\0${owner}`);

function encrypt(key: Buffer, iv: Buffer, plain: Buffer, binding: Buffer): Buffer {
  const cipher = createCipheriv("aes-256-gcm", keyObject(key), iv).setAAD(binding);
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([cipher.getAuthTag(), body]);
}

function decrypt(key: Buffer, iv: Buffer, sealed: Buffer, binding: Buffer): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", keyObject(key), iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(binding).setAuthTag(sealed.subarray(0, TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(TAG_BYTES)), decipher.final()]);
}

const keyIn = (set: KeySet, keyId: string | undefined): Buffer | undefined =>
  keyId === undefined ? undefined : set.keys[keyId];

const missingKey = (purpose: string) => new Error(`A sealed value (${purpose}) names a key that is not here`);

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
  const body = encrypt(currentKey(set), iv, Buffer.from(plain), bindingOf(purpose, owner));
  return `${set.current}.${iv.toString("base64url")}.${body.toString("base64url")}` as Sealed;
}

/** Opens a sealed value. Throws where the key is unknown, the value was altered, or it belongs elsewhere. */
export function unseal(set: KeySet, sealed: string, purpose: string, owner: string): string {
  const [keyId, iv, rest] = sealed.split(".");
  const key = keyIn(set, keyId);
  if (!key || !iv || !rest) throw missingKey(purpose);
  return decrypt(key, Buffer.from(iv, "base64url"), Buffer.from(rest, "base64url"), bindingOf(purpose, owner)).toString(
    "utf8",
  );
}

/** As `seal`, for what is too large to be text: length of the key's id | its id | iv | tag | ciphertext. */
export function sealBytes(
  set: KeySet,
  random: (bytes: number) => Buffer,
  plain: Buffer,
  purpose: string,
  owner: string,
): Buffer {
  const iv = random(IV_BYTES);
  const keyId = Buffer.from(set.current);
  return Buffer.concat([
    Buffer.from([keyId.length]),
    keyId,
    iv,
    encrypt(currentKey(set), iv, plain, bindingOf(purpose, owner)),
  ]);
}

/** Opens what `sealBytes` made. Throws as `unseal` does. */
export function unsealBytes(set: KeySet, sealed: Buffer, purpose: string, owner: string): Buffer {
  const idEnds = 1 + (sealed[0] ?? 0);
  const key = keyIn(set, sealed.subarray(1, idEnds).toString());
  if (!key) throw missingKey(purpose);
  const ivEnds = idEnds + IV_BYTES;
  return decrypt(key, sealed.subarray(idEnds, ivEnds), sealed.subarray(ivEnds), bindingOf(purpose, owner));
}
