import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { whenContended } from "#db/contended.ts";
import { account } from "#db/schema/account.ts";
import { staffLeaver } from "#db/schema/staff-register.ts";
import { record } from "#lib/audit/record.ts";
import { recordAction } from "#lib/helpdesk/act.ts";
import { atDesk } from "#lib/helpdesk/actions/act-on.ts";
import { type ReachRefusal, reachAccount } from "#lib/helpdesk/reach-account.ts";
import type { Reason } from "#lib/helpdesk/reason.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { type SuspendRefusal, suspendAccount } from "#lib/recovery/suspend/suspend-account.ts";
import { endProposal } from "./suspend-due-leavers.ts";

export type LeaverDecision = "suspend" | "keep";

/** `moved_meanwhile`: somebody else decided, or the register names them again. */
export type LeaverRefusal = ReachRefusal | SuspendRefusal | "moved_meanwhile";

/**
 * Decides on somebody whom the register no longer names, or whose service ends. Suspended: at once, whatever their date.
 * Kept: not proposed again for the same reason. Right, scope and rank are read fresh; a proposal outside the officer's
 * offices does not exist for them.
 */
export function decideLeaver(
  ctx: Context,
  leaverId: string,
  decision: LeaverDecision,
  reason: Reason,
): Promise<Result<null, LeaverRefusal>> {
  return whenContended(() => ctx.db.transaction((tx) => decide(tx, ctx, leaverId, decision, reason)));
}

async function decide(
  tx: Tx,
  ctx: Context,
  leaverId: string,
  decision: LeaverDecision,
  reason: Reason,
): Promise<Result<null, LeaverRefusal>> {
  const [leaver] = isUuid(leaverId)
    ? await tx.select({ accountId: staffLeaver.accountId }).from(staffLeaver).where(eq(staffLeaver.id, leaverId))
    : [];
  // Reached even where there is none, so that the try is recorded.
  const reached = await reachAccount(tx, ctx, "leaver.decide", leaver?.accountId ?? "");
  if (!reached.ok) return reached;
  const { officer, account: whose } = reached.value;
  const state = decision === "suspend" ? "suspended" : "kept";
  if (!(await endProposal(tx, ctx, leaverId, state, officer.accountId))) return refuse("moved_meanwhile");
  if (whose.status === "suspended" || whose.status === "closed") {
    await tx.update(staffLeaver).set({ state: "moot" }).where(eq(staffLeaver.id, leaverId));
    return ok(null);
  }
  const action = await recordAction(tx, ctx, { accountId: whose.id, action: "decide_leaver", reason });
  if (decision === "suspend")
    return suspendAccount(tx, await atDesk(tx, ctx, officer.accountId), whose.id, { leaverId, ...action });
  // Still on the staff, whatever the file left out; the register would have to name them again to leave them out once more.
  await tx.update(account).set({ delistedAt: null }).where(eq(account.id, whose.id));
  await record(tx, ctx, { type: "leaver.kept", accountId: whose.id, leaverId });
  return ok(null);
}
