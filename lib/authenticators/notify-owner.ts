import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { account } from "#db/schema/account.ts";
import type { Context } from "#lib/kernel/context.ts";
import { enqueue } from "#lib/mail/enqueue.ts";
import type { SecurityChange } from "#lib/mail/letters.ts";
import { mayNotify } from "#lib/throttle/may-notify.ts";

/**
 * Tells the owner, in the transaction of the change, that what opens their account was changed. The same change again
 * within a minute, or more than five times an hour, is told once: the ceiling of all notices.
 */
export async function notifyOwner(tx: Tx, ctx: Context, accountId: string, change: SecurityChange): Promise<void> {
  if (!(await mayNotify(tx, ctx, accountId, "security_change", { change }))) return;
  const [owner] = await tx.select({ to: account.officialEmail }).from(account).where(eq(account.id, accountId));
  if (!owner) throw new Error(`There is no account ${accountId} to tell`);
  const about = { change, from: ctx.request.device, at: ctx.now().toISOString() };
  await enqueue(tx, ctx, { kind: "security_change", accountId, to: owner.to, about });
}
