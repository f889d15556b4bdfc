import { and, eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { account } from "#db/schema/account.ts";
import { office } from "#db/schema/office.ts";
import { staffDifference } from "#db/schema/staff-register.ts";
import type { Account } from "#lib/account/find-account.ts";
import { record } from "#lib/audit/record.ts";
import { notifyOwner } from "#lib/authenticators/notify-owner.ts";
import { atDesk } from "#lib/helpdesk/actions/act-on.ts";
import { type ReachRefusal, reachAccount } from "#lib/helpdesk/reach-account.ts";
import { endRolesElsewhere } from "#lib/helpdesk/roles/end-roles-elsewhere.ts";
import { takeSystemRoles } from "#lib/helpdesk/systems/take-system-roles.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import type { DifferenceField } from "./list-differences.ts";

/** `only_office`: a name takes two officers, and a mailbox is proven by its owner; both have ways of their own. */
export type DifferenceRefusal = ReachRefusal | "moved_meanwhile" | "only_office" | "office_retired";

/**
 * Takes over the office that the register says somebody works in, as a transfer does, and tells them; or leaves the account
 * as it is.
 */
export function decideDifference(
  ctx: Context,
  accountId: string,
  field: DifferenceField,
  decision: "adopt" | "dismiss",
): Promise<Result<null, DifferenceRefusal>> {
  return ctx.db.transaction(async (tx): Promise<Result<null, DifferenceRefusal>> => {
    const reached = await reachAccount(tx, ctx, "register.import", accountId);
    if (!reached.ok) return reached;
    if (decision === "adopt" && field !== "office") return refuse("only_office");
    const open = and(
      eq(staffDifference.accountId, accountId),
      eq(staffDifference.field, field),
      eq(staffDifference.state, "open"),
    );
    const [found] = await tx.select().from(staffDifference).where(open).for("update");
    if (!found) return refuse("moved_meanwhile");
    const desk = await atDesk(tx, ctx, reached.value.officer.accountId);
    const { account: whose } = reached.value;
    if (decision === "adopt" && !(await moveTo(tx, desk, whose, found.value))) return refuse("office_retired");
    await tx
      .update(staffDifference)
      .set({
        state: decision === "adopt" ? "adopted" : "dismissed",
        decidedBy: reached.value.officer.accountId,
        decidedAt: ctx.now(),
      })
      .where(open);
    await record(tx, ctx, {
      type: decision === "adopt" ? "difference.adopted" : "difference.dismissed",
      accountId,
      field,
    });
    return ok(null);
  });
}

async function moveTo(tx: Tx, ctx: Context, whose: Account, officeId: string): Promise<boolean> {
  const [there] = await tx.select({ retiredAt: office.retiredAt }).from(office).where(eq(office.id, officeId));
  if (!there || there.retiredAt !== null) return false;
  await tx.update(account).set({ officeId }).where(eq(account.id, whose.id));
  await endRolesElsewhere(tx, ctx, whose.id, officeId);
  if (officeId !== whose.officeId) await takeSystemRoles(tx, ctx, whose.id);
  await notifyOwner(tx, ctx, whose.id, "office_updated");
  return true;
}
