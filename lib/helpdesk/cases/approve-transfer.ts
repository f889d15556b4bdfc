import { eq } from "drizzle-orm";
import { account as accounts } from "#db/schema/account.ts";
import { type ChangeRefusal, mayChange } from "#lib/assurance/sensitive.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { recordAction } from "../act.ts";
import { atDesk } from "../actions/act-on.ts";
import type { ReachRefusal } from "../reach-account.ts";
import type { Reason } from "../reason.ts";
import { endRolesElsewhere } from "../roles/end-roles-elsewhere.ts";
import { takeSystemRoles } from "../systems/take-system-roles.ts";
import { endCase } from "./end-case.ts";
import { reachCase } from "./reach-case.ts";

/** `not_open`: it was decided, or taken back. `not_transfer`: two officers decide on it. */
export type TransferRefusal = ReachRefusal | ChangeRefusal | "not_open" | "not_transfer";

/**
 * An SA or AP of the office somebody has been transferred to says that they are there: it is their office from here, which
 * confirms them by that. What they held for another office ends, and what the former one let them do in other systems. It
 * takes a fresh proof. Of any number at once one decides.
 */
export function approveTransfer(
  ctx: Context,
  reference: string,
  reason: Reason,
): Promise<Result<null, TransferRefusal>> {
  return ctx.db.transaction(async (tx): Promise<Result<null, TransferRefusal>> => {
    const reached = await reachCase(tx, ctx, "correction.decide", reference);
    if (!reached.ok) return reached;
    const { officer, account, filed } = reached.value;
    if (filed.kind !== "office" || !filed.officeId) return refuse("not_transfer");
    const may = await mayChange(tx, ctx, "correction.decide");
    if (!may.ok) return may;
    const desk = await atDesk(tx, ctx, officer.accountId);
    await recordAction(tx, desk, { accountId: account.id, action: "decide_correction", reason, caseId: filed.id });
    await tx
      .update(accounts)
      .set({ officeId: filed.officeId, staffConfirmedAt: account.staffConfirmedAt ?? desk.now() })
      .where(eq(accounts.id, account.id));
    await record(tx, desk, { type: "office.corrected", accountId: account.id, caseId: filed.id });
    await endRolesElsewhere(tx, desk, account.id, filed.officeId);
    if (filed.officeId !== account.officeId) await takeSystemRoles(tx, desk, account.id);
    await endCase(tx, desk, filed, "approved", { former: account.officeId });
    return ok(null);
  });
}
