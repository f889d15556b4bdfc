import { and, eq, inArray, ne, or, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { account } from "#db/schema/account.ts";

export type Account = typeof account.$inferSelect;

const open = ne(account.status, "closed");

/** An account by its id, locked until the transaction ends. Rows of its links are locked after it, never before. */
export async function lockById(tx: Tx, id: string): Promise<Account | undefined> {
  const [found] = await tx.select().from(account).where(eq(account.id, id)).for("update");
  return found;
}

/**
 * As `lockById`, but lets others go on naming it: a sign-in that opens a session is not waited for here, so that ending
 * it can wait for it.
 */
export async function holdById(tx: Tx, id: string): Promise<Account | undefined> {
  const [found] = await tx.select().from(account).where(eq(account.id, id)).for("no key update");
  return found;
}

/**
 * The one account of an identity that is not closed, locked until the transaction ends. `indexes`: all that it may be found
 * by (`blindIndexes`), or what a job was left with.
 */
export async function lockByIdentity(tx: Tx, indexes: readonly string[]): Promise<Account | undefined> {
  const [found] = await tx
    .select()
    .from(account)
    .where(and(isFoundBy(indexes), open))
    .for("update");
  return found;
}

// What a job was left with before the lookup key was replaced is the row's former one.
const isFoundBy = (indexes: readonly string[]) =>
  or(
    inArray(account.identityIndex, [...indexes]),
    inArray(sql`coalesce(${account.identityIndexFormer}, ${account.identityIndex})`, [...indexes]),
  );

/** The one account of an official mailbox that is not closed, locked until the transaction ends. */
export async function lockByMailbox(tx: Tx, officialEmail: string): Promise<Account | undefined> {
  const [found] = await tx
    .select()
    .from(account)
    .where(and(eq(account.officialEmail, officialEmail), open))
    .for("update");
  return found;
}
