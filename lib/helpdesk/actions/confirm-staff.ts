import { and, eq, isNull } from "drizzle-orm";
import { account as accounts } from "#db/schema/account.ts";
import { record } from "#lib/audit/record.ts";
import { notifyOwner } from "#lib/authenticators/notify-owner.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import type { ReachRefusal } from "../reach-account.ts";
import { actOn, type Wanted } from "./act-on.ts";

/**
 * The office confirms that the person is on its staff: systems and roles are open to them from here (product A10). It
 * stands for the paper form that the head of department signed. Refuses `confirmed` where it has been, `closed` where
 * nobody is left to confirm.
 */
export const confirmStaff = (
  ctx: Context,
  wanted: Wanted,
): Promise<Result<null, ReachRefusal | "confirmed" | "closed">> =>
  actOn(ctx, "confirm_staff", wanted, async ({ tx, ctx: desk, account, act }) => {
    if (account.status === "closed") return refuse("closed");
    const confirmed = await tx
      .update(accounts)
      .set({ staffConfirmedAt: desk.now() })
      .where(and(eq(accounts.id, account.id), isNull(accounts.staffConfirmedAt)))
      .returning({ id: accounts.id });
    if (confirmed.length === 0) return refuse("confirmed");
    const { actionId } = await act();
    await record(tx, desk, { type: "staff.confirmed", accountId: account.id, actionId });
    await notifyOwner(tx, desk, account.id, "staff_confirmed");
    return ok(null);
  });
