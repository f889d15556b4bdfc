import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { type Keyring, keyPurposes } from "#lib/kernel/keyring.ts";
import { keysJson, readKeyring } from "../start/keys.ts";

/**
 * Puts other keys in the place of a file's: written beside it for its owner alone, read back, and renamed over it, so that
 * whatever happens there is a whole file, the former or the new. Rejects where somebody else has changed it since `found`
 * was read, or its folder takes no file.
 */
export function writeKeysFile(file: string, found: Keyring, keys: Keyring): void {
  const { uid, gid } = fs.statSync(file);
  const beside = path.join(path.dirname(file), `.${path.basename(file)}.${randomBytes(6).toString("hex")}`);
  const handle = fs.openSync(beside, "wx", 0o600);
  try {
    fs.writeFileSync(handle, keysJson(keys));
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
  try {
    if (process.getuid?.() === 0) fs.chownSync(beside, uid, gid);
    readKeyring(beside);
    if (keysJson(readKeyring(file)) !== keysJson(found))
      throw new Error(`${file} was changed by somebody else meanwhile`);
    fs.renameSync(beside, file);
  } catch (fault) {
    fs.rmSync(beside, { force: true });
    throw fault;
  }
}

/** The same keys with a new one of a purpose, made now and asked for. Its id says which one it is, and is no other machine's. */
export function withNewKey(keys: Keyring, purpose: keyof Keyring): { keys: Keyring; keyId: string } {
  const numbers = Object.keys(keys[purpose].keys).map((id) => Number(/^k(\d+)/.exec(id)?.[1] ?? 0));
  const keyId = `k${Math.max(1, ...numbers) + 1}-${randomBytes(2).toString("hex")}`;
  const set = { current: keyId, keys: { ...keys[purpose].keys, [keyId]: randomBytes(32) } };
  return { keys: { ...plain(keys), [purpose]: set }, keyId };
}

/** The same keys without one of a purpose. */
export function withoutKey(keys: Keyring, purpose: keyof Keyring, keyId: string): Keyring {
  const { [keyId]: _, ...others } = keys[purpose].keys;
  return { ...plain(keys), [purpose]: { current: keys[purpose].current, keys: others } };
}

const plain = (keys: Keyring): Keyring =>
  Object.fromEntries(
    keyPurposes.map((purpose) => [
      purpose,
      { current: keys[purpose].asked ?? keys[purpose].current, keys: keys[purpose].keys },
    ]),
  ) as Keyring;
