import { and, eq, gt, isNull, or } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { moveRequest } from "#db/schema/move-request.ts";
import { relyingPartyRole, relyingPartyRoleGrant } from "#db/schema/relying-party.ts";
import { endSystemRoles } from "#lib/account/end-system-roles.ts";
import { record } from "#lib/audit/record.ts";
import { notifyOwner } from "#lib/authenticators/notify-owner.ts";
import { recordAction } from "#lib/helpdesk/act.ts";
import type { Reached } from "#lib/helpdesk/reach-account.ts";
import { type Reason, unsealReason } from "#lib/helpdesk/reason.ts";
import { giveSystemRoles } from "#lib/helpdesk/systems/give-system-roles.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { endSessionsWithoutAccess } from "#lib/relying-party/end-sessions-without-access.ts";
import type { RequestRow } from "./request-rows.ts";

/**
 * What a confirmed request says happens, in the transaction that confirms it, and its person is told: they move, or a role
 * is given to them or taken. Why is what its asker wrote. Whether it may be, the caller has asked; `ctx` is at its desk.
 */
export async function bringAbout(
  tx: Tx,
  ctx: Context,
  reached: Reached,
  row: Pick<RequestRow, "id" | "kind" | "accountId" | "reasonSealed">,
): Promise<Result<null, "role_gone" | "account_over" | "has_role" | "lacks_role">> {
  const { accountId } = row;
  const reason = unsealReason(ctx, row.reasonSealed, row.id) as Reason;
  const act = () => recordAction(tx, ctx, { accountId, action: "decide_move", reason });
  if (row.kind === "enrolment") {
    await act();
    await notifyOwner(tx, ctx, accountId, "move_confirmed");
    return ok(null);
  }
  const [role] = await tx
    .select({ id: relyingPartyRole.id, relyingPartyId: relyingPartyRole.relyingPartyId })
    .from(moveRequest)
    .innerJoin(relyingPartyRole, eq(relyingPartyRole.id, moveRequest.roleId))
    .where(eq(moveRequest.id, row.id));
  if (!role) throw new Error(`The request ${row.id} is about no role`);
  if (row.kind === "role_end") return endRole(tx, ctx, accountId, role.id, act);
  const wanted = { relyingPartyId: role.relyingPartyId, roleIds: [role.id], from: ctx.now(), until: null };
  const given = await giveSystemRoles(tx, ctx, reached, wanted, act);
  return given.ok ? given : refuse(refusals[given.error]);
}

const refusals = {
  system_roles_missing: "role_gone",
  not_confirmed: "account_over",
  system_role_held: "has_role",
} as const;

async function endRole(
  tx: Tx,
  ctx: Context,
  accountId: string,
  roleId: string,
  act: () => Promise<{ actionId: string }>,
): Promise<Result<null, "lacks_role">> {
  const grant = relyingPartyRoleGrant;
  const [held] = await tx
    .select({ grantId: grant.id })
    .from(grant)
    .where(
      and(
        eq(grant.accountId, accountId),
        eq(grant.roleId, roleId),
        isNull(grant.endedAt),
        or(isNull(grant.untilAt), gt(grant.untilAt, ctx.now())),
      ),
    );
  const [ended] = held ? await endSystemRoles(tx, ctx, { accountId, grantId: held.grantId }) : [];
  if (!ended) return refuse("lacks_role");
  const { actionId } = await act();
  await record(tx, ctx, { type: "relying_party_role.ended", ...ended, actionId });
  await endSessionsWithoutAccess(tx, ctx, { accountId });
  await notifyOwner(tx, ctx, accountId, "system_role_ended", { system: ended.system });
  return ok(null);
}
