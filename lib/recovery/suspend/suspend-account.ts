import type { Tx } from "#db/client.ts";
import { endActivations } from "#lib/account/activation/activation-link.ts";
import { holdById } from "#lib/account/find-account.ts";
import { move } from "#lib/account/lifecycle.ts";
import { endResets } from "#lib/account/mailbox/end-mailed-secrets.ts";
import { record } from "#lib/audit/record.ts";
import { notifyOwner } from "#lib/authenticators/notify-owner.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { endSessionsOf } from "#lib/session/end-sessions.ts";
import { stopRecoveries } from "../stop-recoveries.ts";

/** Why, by its row: an officer's action, or a leaver that the staff register told of (then no action: it may be a job). */
export type SuspendedBy = { actionId: string } | { leaverId: string; actionId?: string };

/** `suspended`: it is so already. `closed`: there is nothing left to suspend. */
export type SuspendRefusal = "suspended" | "closed";

/**
 * Nobody signs in to the account until it is reinstated, in a transaction of the caller's. Every session and sign-in
 * under way ends; an activation, a new password that is being chosen and a lost factor that is being replaced stop, officers' tickets
 * with them. Roles stay and give nothing meanwhile. The owner is told at every verified address. Of any number at once
 * one suspends it, the others are refused `suspended`.
 */
export async function suspendAccount(
  tx: Tx,
  ctx: Context,
  accountId: string,
  by: SuspendedBy,
): Promise<Result<null, SuspendRefusal>> {
  const owner = await holdById(tx, accountId);
  if (owner?.status === "suspended") return refuse("suspended");
  if (!owner || !(await move(tx, owner, "suspend")).ok) return refuse("closed");
  const why = "leaverId" in by ? "left" : "officer";
  await record(tx, ctx, { type: "account.suspended", accountId, actionId: by.actionId ?? null, why });
  await stopRecoveries(tx, ctx, accountId, "suspended");
  await endResets(tx, accountId, ctx.now());
  // Not even once it is reinstated: it may be suspended because somebody else was taken for its owner.
  await endActivations(tx, accountId, ctx.now());
  await endSessionsOf(tx, ctx, accountId, { all: true }, "suspended");
  await notifyOwner(tx, ctx, accountId, "account_suspended");
  return ok(null);
}
