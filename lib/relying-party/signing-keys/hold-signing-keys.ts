import { sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { signingKey } from "#db/schema/relying-party.ts";
import type { KeyLife } from "./key-life.ts";

/** The times of all keys, oldest first, which nobody else makes or replaces until this transaction ends. */
export async function holdSigningKeys(tx: Tx): Promise<KeyLife[]> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('signing keys', 0))`);
  const { kid, alg, signsFrom, signsUntil, publishedUntil } = signingKey;
  return tx.select({ kid, alg, signsFrom, signsUntil, publishedUntil }).from(signingKey).orderBy(signsFrom, kid);
}
