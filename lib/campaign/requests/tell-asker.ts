import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { account } from "#db/schema/account.ts";
import type { Context } from "#lib/kernel/context.ts";
import { enqueue } from "#lib/mail/enqueue.ts";
import { mayNotify } from "#lib/throttle/may-notify.ts";

/**
 * Tells whoever prepared requests that one was refused, at their official mailbox; the reasons stand with the requests.
 * Many at once are one letter: the ceiling of all notices.
 */
export async function tellAsker(tx: Tx, ctx: Context, askerId: string, campaignId: string): Promise<void> {
  if (!(await mayNotify(tx, ctx, askerId, "requests_refused", { campaignId }))) return;
  const [asker] = await tx.select({ to: account.officialEmail }).from(account).where(eq(account.id, askerId));
  if (!asker) throw new Error(`There is no account ${askerId} to tell`);
  await enqueue(tx, ctx, { kind: "requests_refused", accountId: askerId, to: asker.to, about: { campaignId } });
}
