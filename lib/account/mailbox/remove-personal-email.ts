import { eq } from "drizzle-orm";
import { account } from "#db/schema/account.ts";
import { mailboxChange } from "#db/schema/profile.ts";
import { type ChangeRefusal, mayChange } from "#lib/assurance/sensitive.ts";
import { record } from "#lib/audit/record.ts";
import { notifyOwner } from "#lib/authenticators/notify-owner.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { openOf } from "./change-state.ts";

/**
 * The second address gets no more notices; that it does not is the last one told there. One that is awaited is
 * withdrawn with it. Where there is none, nothing changes.
 */
export async function removePersonalEmail(ctx: Context): Promise<Result<null, ChangeRefusal>> {
  return ctx.db.transaction(async (tx): Promise<Result<null, ChangeRefusal>> => {
    const may = await mayChange(tx, ctx, "personal_email.change");
    if (!may.ok) return may;
    const { accountId } = may.value;
    const [owner] = await tx
      .select({ personalEmail: account.personalEmail })
      .from(account)
      .where(eq(account.id, accountId));
    if (!owner) return refuse("signed_out");
    if (owner.personalEmail === null) return ok(null);
    // Before it is gone, so that it is told there too.
    await notifyOwner(tx, ctx, accountId, "personal_email_removed");
    await tx
      .update(account)
      .set({ personalEmail: null, personalEmailVerifiedAt: null })
      .where(eq(account.id, accountId));
    await tx.update(mailboxChange).set({ supersededAt: ctx.now() }).where(openOf(accountId, "personal"));
    await record(tx, ctx, { type: "mailbox.removed", accountId });
    return ok(null);
  });
}
