import { createSecretKey, type KeyObject } from "node:crypto";

/** One purpose's keys: the current one writes, all of them read. Keys are 32 random bytes. */
export type KeySet = { current: string; keys: Readonly<Record<string, Buffer>> };

/**
 * The secrets of a deployment, one set per purpose so that losing one does not open the others.
 * sealing: personal data at rest · lookup: blind indexes · link: mailed links and typed codes · cookie: sealed cookies, next-auth · audit: seal of the trail
 */
export type Keyring = { sealing: KeySet; lookup: KeySet; link: KeySet; cookie: KeySet; audit: KeySet };

export const keyPurposes = [
  "sealing",
  "lookup",
  "link",
  "cookie",
  "audit",
] as const satisfies readonly (keyof Keyring)[];

export function currentKey(set: KeySet): Buffer {
  const key = set.keys[set.current];
  if (!key) throw new Error(`The current key "${set.current}" is missing from its set`);
  return key;
}

const made = new WeakMap<Buffer, KeyObject>();

/** A key as the ciphers take it, made once: where they are given its bytes, they make it anew for three times the work. */
export function keyObject(key: Buffer): KeyObject {
  const known = made.get(key);
  if (known) return known;
  const fresh = createSecretKey(key);
  made.set(key, fresh);
  return fresh;
}
