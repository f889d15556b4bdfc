import { createSecretKey, type KeyObject } from "node:crypto";

/**
 * One purpose's keys: the current one writes, all of them read. Keys are 32 random bytes. Which one is current may change
 * while the portal runs (`followKeys`), so nobody keeps it.
 */
export type KeySet = {
  current: string;
  keys: Readonly<Record<string, Buffer>>;
  /** The one that the operator's keys call current, where that is another than the one that writes yet. */
  asked?: string | undefined;
};

/** `former`: while the lookup key is replaced, the id of the one that is still written beside the current. */
export type LookupKeys = KeySet & { former?: string | undefined };

/**
 * The secrets of a deployment, one set per purpose so that losing one does not open the others.
 * sealing: personal data at rest · lookup: blind indexes · link: mailed links and typed codes · cookie: sealed cookies, next-auth · audit: seal of the trail
 */
export type Keyring = { sealing: KeySet; lookup: LookupKeys; link: KeySet; cookie: KeySet; audit: KeySet };

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

/** The same keys, each as the current one, the one that is first. What was made with any of them is found by trying. */
export const eachKey = (set: KeySet): KeySet[] =>
  [set.current, ...Object.keys(set.keys).filter((id) => id !== set.current)].map((current) => ({
    current,
    keys: set.keys,
  }));

const made = new WeakMap<Buffer, KeyObject>();

/** A key as the ciphers take it, made once: where they are given its bytes, they make it anew for three times the work. */
export function keyObject(key: Buffer): KeyObject {
  const known = made.get(key);
  if (known) return known;
  const fresh = createSecretKey(key);
  made.set(key, fresh);
  return fresh;
}
