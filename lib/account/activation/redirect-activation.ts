import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { account as accounts } from "#db/schema/account.ts";
import type { Context } from "#lib/kernel/context.ts";
import { forgetUnproven } from "#lib/session/forget-browser.ts";
import { endActivations } from "./activation-link.ts";

/**
 * Somebody who may say so gives an account that awaits its activation another official mailbox: nothing of the former
 * counts as proven, its letters open nothing, whoever is in the midst of activating it from there is not any more, and the
 * browser it was registered from could not mend it back. The caller holds the account's row, and knows that the mailbox
 * is nobody else's. No letter goes out.
 */
export async function redirectActivation(tx: Tx, ctx: Context, accountId: string, mailbox: string): Promise<void> {
  const now = ctx.now();
  await tx
    .update(accounts)
    .set({ officialEmail: mailbox, officialEmailVerifiedAt: null })
    .where(eq(accounts.id, accountId));
  await endActivations(tx, accountId, now);
  await forgetUnproven(tx, accountId);
}
