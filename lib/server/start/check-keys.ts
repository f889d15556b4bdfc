import { createHmac } from "node:crypto";
import type { Db, Tx } from "#db/client.ts";
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
 * is missing or another one under its name, before anything is written. One at a time may (`joinKeys`).
 */
export async function noteKeys(tx: Tx, keys: Keyring, now: Date): Promise<void> {
  const known = await tx.select().from(keyCheck);
  const wrong = wrongKeys(known, keys);
  if (wrong.length > 0) throw new StartRefused(wrong);
  const fresh = keyPurposes.flatMap((purpose) =>
    Object.entries(keys[purpose].keys)
      .filter(([keyId]) => !known.some((row) => row.purpose === purpose && row.keyId === keyId))
      .map(([keyId, key]) => ({ purpose, keyId, digest: digestOf(key), firstSeenAt: now })),
  );
  if (fresh.length > 0) await tx.insert(keyCheck).values(fresh);
}

/** `writesSince`: null where it has not written yet. `spentAt`: since when nothing needs it. */
type Known = { purpose: string; keyId: string; digest: string; writesSince?: Date | null; spentAt?: Date | null };

/**
 * A line for each key the database was written with that is not here, or not the same. One that others hold and that has
 * written nothing yet is not missed, nor one that is spent: an instance may start that is not given it yet, or any more.
 */
export function wrongKeys(known: readonly Known[], keys: Keyring): string[] {
  // The database gives them in any order; whoever reads the lines twice reads the same.
  const place = ({ purpose, keyId }: Known): string =>
    `${(keyPurposes as readonly string[]).indexOf(purpose)} ${keyId}`;
  const inOrder = known.toSorted((a, b) => (place(a) < place(b) ? -1 : 1));
  return inOrder.flatMap(({ purpose, keyId, digest, writesSince, spentAt }) => {
    const key = (keys as Record<string, KeySet | undefined>)[purpose]?.keys[keyId];
    if (!key && (writesSince === null || spentAt)) return [];
    if (!key) return [`The ${purpose} key "${keyId}" is missing; the database was written with it`];
    return digestOf(key) === digest
      ? []
      : [`The ${purpose} key "${keyId}" is not the one the database was written with`];
  });
}
