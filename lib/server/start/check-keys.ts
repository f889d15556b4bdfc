import { createHmac } from "node:crypto";
import type { Db } from "#db/client.ts";
import { keyCheck } from "#db/schema/key-check.ts";
import { type Keyring, type KeySet, keyPurposes } from "#lib/kernel/keyring.ts";
import { StartRefused } from "./start-refused.ts";

/** What a key's digest is made of. Never change it: databases hold the outcome. */
const PROBE = "kunci: which key wrote this database";

const digestOf = (key: Buffer): string => createHmac("sha256", key).update(PROBE).digest("base64url");

/** Whether anything was written with keys yet: then new ones must not be made. */
export async function hasKeyChecks(db: Db): Promise<boolean> {
  return (await db.select({ id: keyCheck.keyId }).from(keyCheck).limit(1)).length > 0;
}

/**
 * Compares the keys with those the database was written with, and notes new ones. Throws `StartRefused` naming each key that
 * is missing or another one under its name, before anything is written.
 */
export async function checkKeys(db: Db, keys: Keyring, now: Date): Promise<void> {
  const known = await db.select().from(keyCheck);
  const wrong = wrongKeys(known, keys);
  if (wrong.length > 0) throw new StartRefused(wrong);
  const fresh = keyPurposes.flatMap((purpose) =>
    Object.entries(keys[purpose].keys)
      .filter(([keyId]) => !known.some((row) => row.purpose === purpose && row.keyId === keyId))
      .map(([keyId, key]) => ({ purpose, keyId, digest: digestOf(key), firstSeenAt: now })),
  );
  if (fresh.length === 0) return;
  await db.insert(keyCheck).values(fresh).onConflictDoNothing();
  // Two instances beginning at once with different keys: the first one's stand.
  const late = wrongKeys(await db.select().from(keyCheck), keys);
  if (late.length > 0) throw new StartRefused(late);
}

/** A line for each key the database knows that is not here, or not the same. */
export function wrongKeys(
  known: readonly { purpose: string; keyId: string; digest: string }[],
  keys: Keyring,
): string[] {
  return known.flatMap(({ purpose, keyId, digest }) => {
    const key = (keys as Record<string, KeySet | undefined>)[purpose]?.keys[keyId];
    if (!key) return [`The ${purpose} key "${keyId}" is missing; the database was written with it`];
    return digestOf(key) === digest
      ? []
      : [`The ${purpose} key "${keyId}" is not the one the database was written with`];
  });
}
