import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { whenContended } from "#db/contended.ts";
import { roleGrant } from "#db/schema/roles.ts";
import { type ChangeRefusal, mayChange } from "#lib/assurance/sensitive.ts";
import { record } from "#lib/audit/record.ts";
import { notifyOwner } from "#lib/authenticators/notify-owner.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { grantable } from "#lib/office/roles/rights.ts";
import { recordAction } from "../act.ts";
import { type ReachRefusal, reachAccount } from "../reach-account.ts";
import type { Reason } from "../reason.ts";
import { holdBoth } from "../two-officers/hold-both.ts";
import { withdrawForGrants } from "../two-officers/withdraw-for-grants.ts";

/** `not_held`: it ended meanwhile, or is somebody else's. */
export type EndRoleRefusal = ReachRefusal | ChangeRefusal | "role_not_yours" | "not_held";

/**
 * Ends a role at once, after a fresh proof: the next request of its holder has it no more. One person may take away what
 * takes two to give. Nobody ends their own, so somebody who can grant roles always stays.
 */
export function endRole(
  ctx: Context,
  accountId: string,
  grantId: string,
  reason: Reason,
): Promise<Result<null, EndRoleRefusal>> {
  return whenContended(() => ctx.db.transaction((tx) => end(tx, ctx, { accountId, grantId, reason })));
}

type Wanted = { accountId: string; grantId: string; reason: Reason };

async function end(
  tx: Tx,
  ctx: Context,
  { accountId, grantId, reason }: Wanted,
): Promise<Result<null, EndRoleRefusal>> {
  // Before rights are read: of two who end each other's, one comes first, and the other has none left.
  await holdBoth(tx, ctx, accountId);
  const reached = await reachAccount(tx, ctx, "role.request", accountId);
  if (!reached.ok) return reached;
  const { officer } = reached.value;
  const its = and(
    eq(roleGrant.id, isUuid(grantId) ? grantId : officer.sessionId),
    eq(roleGrant.accountId, accountId),
    inArray(roleGrant.state, ["requested", "active"]),
  );
  const [grant] = await tx.select().from(roleGrant).where(its).for("update");
  if (!grant) return refuse("not_held");
  if (!grantable(officer, grant.officeId).includes(grant.role)) return refuse("role_not_yours");
  const may = await mayChange(tx, ctx, "role.change");
  if (!may.ok) return may;
  const held = grant.state === "active";
  await tx
    .update(roleGrant)
    .set({ state: held ? "ended" : "refused", endedAt: ctx.now(), endedBy: officer.accountId })
    .where(its);
  if (!held) await withdrawForGrants(tx, ctx, [grantId]);
  await record(tx, ctx, { type: held ? "role.ended" : "role.declined", accountId, grantId, role: grant.role });
  await recordAction(tx, ctx, { accountId, action: "end_role", reason });
  if (held) await notifyOwner(tx, ctx, accountId, "role_ended");
  return ok(null);
}
