import { inArray } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { account } from "#db/schema/account.ts";
import type { Context } from "#lib/kernel/context.ts";
import { isUuid } from "#lib/kernel/uuid.ts";

/**
 * Holds the rows of the officer who acts and of the account they act on, in one order, so that two officers who act on
 * each other wait for each other and never in a circle.
 */
export async function holdBoth(tx: Tx, ctx: Context, accountId: string): Promise<void> {
  const ids = [accountId, ...(ctx.actor.kind === "account" ? [ctx.actor.accountId] : [])].filter(isUuid);
  if (ids.length === 0) return;
  await tx
    .select({ id: account.id })
    .from(account)
    .where(inArray(account.id, ids))
    .orderBy(account.id)
    .for("no key update");
}
