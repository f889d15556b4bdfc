import { eq, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { Tx } from "#db/client.ts";
import { account } from "#db/schema/account.ts";

/** What a letter with a link or a code stands for; only the newest of its kind lives. */
type Mailed = { id: string; createdAt: Date };

/** Of two from the same millisecond the ids decide, here and in the database. */
export const isNewer = (a: Mailed, b: Mailed): boolean =>
  a.createdAt > b.createdAt || (a.createdAt.getTime() === b.createdAt.getTime() && a.id > b.id);

/** The same in the database: rows that are older than this one. */
export const isOlder = (rows: { id: PgColumn; createdAt: PgColumn }, than: Mailed): SQL =>
  sql`(${rows.createdAt}, ${rows.id}) < (${than.createdAt.toISOString()}::timestamptz, ${than.id}::uuid)`;

/** The account's row before what was mailed for it, as everybody who touches them does. */
export async function holdAccount(tx: Tx, accountId: string): Promise<void> {
  await tx.select({ id: account.id }).from(account).where(eq(account.id, accountId)).for("no key update");
}
