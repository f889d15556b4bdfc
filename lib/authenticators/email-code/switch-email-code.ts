import { and, eq, isNull } from "drizzle-orm";
import { account } from "#db/schema/account.ts";
import { emailCode } from "#db/schema/second-factors.ts";
import { type Enrolled, hasWayIn } from "#lib/assurance/enrolled.ts";
import { type ChangeRefusal, mayChange } from "#lib/assurance/sensitive.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { endSessionsOf } from "#lib/session/end-sessions.ts";
import { notifyOwner } from "../notify-owner.ts";

/** mailbox_unverified: there is nowhere to send a code yet. last_way: nothing else would open the account. */
export type SwitchRefusal = ChangeRefusal | "mailbox_unverified" | "last_way";

/** What the account signs in with once codes by email are off. */
export const withoutEmailCode = (enrolled: Enrolled): Enrolled => ({ ...enrolled, emailCode: false });

/**
 * Switches codes to the official mailbox on or off; off, what they opened elsewhere ends. What is so already stays so,
 * and nobody is told.
 */
export async function switchEmailCode(ctx: Context, on: boolean): Promise<Result<null, SwitchRefusal>> {
  return ctx.db.transaction(async (tx): Promise<Result<null, SwitchRefusal>> => {
    const may = await mayChange(tx, ctx, "email_code.switch");
    if (!may.ok) return may;
    const { accountId, enrolled } = may.value;
    const [owner] = await tx
      .select({ on: account.emailCodeOn, verifiedAt: account.officialEmailVerifiedAt })
      .from(account)
      .where(eq(account.id, accountId));
    if (!owner) return refuse("signed_out");
    if (on && !owner.verifiedAt) return refuse("mailbox_unverified");
    if (!on && !hasWayIn(withoutEmailCode(enrolled))) return refuse("last_way");
    if (owner.on === on) return ok(null);

    await tx.update(account).set({ emailCodeOn: on }).where(eq(account.id, accountId));
    // Those already in the mailbox open nothing any more, not even when it is switched on again.
    if (!on) {
      await tx
        .update(emailCode)
        .set({ supersededAt: ctx.now() })
        .where(and(eq(emailCode.accountId, accountId), isNull(emailCode.consumedAt), isNull(emailCode.supersededAt)));
      await endSessionsOf(tx, ctx, accountId, { credential: accountId }, "email_code_off");
    }
    await record(tx, ctx, { type: "email_code.switched", accountId, on });
    await notifyOwner(tx, ctx, accountId, on ? "email_code_on" : "email_code_off");
    return ok(null);
  });
}
