import { and, eq, gt, isNull } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { account } from "#db/schema/account.ts";
import { session } from "#db/schema/session.ts";
import type { Context } from "#lib/kernel/context.ts";

export type Owner = typeof account.$inferSelect;

/**
 * The row of whoever is signed in, held until the transaction ends: what they change or ask for at once is done one
 * after the other. Nothing where the session has ended or the account may no longer be used.
 */
export async function holdOwner(tx: Tx, ctx: Context): Promise<Owner | null> {
  if (ctx.actor.kind !== "account") return null;
  const { accountId, sessionId } = ctx.actor;
  const its = and(eq(account.id, accountId), eq(account.status, "activated"));
  const [owner] = await tx.select().from(account).where(its).for("no key update");
  const lives = and(isNull(session.endedAt), gt(session.expiresAt, ctx.now()));
  const open = and(eq(session.id, sessionId), eq(session.accountId, accountId), lives);
  // Asked second: whoever ends the sessions of an account holds its row meanwhile.
  const [still] = owner ? await tx.select({ id: session.id }).from(session).where(open) : [];
  return owner && still ? owner : null;
}
