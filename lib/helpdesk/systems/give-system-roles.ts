import { and, eq, inArray, isNotNull, isNull, lte } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { accessRequest, relyingParty, relyingPartyRole, relyingPartyRoleGrant } from "#db/schema/relying-party.ts";
import { recordAll } from "#lib/audit/record.ts";
import { notifyOwner } from "#lib/authenticators/notify-owner.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { isUuid, uuidv7 } from "#lib/kernel/uuid.ts";
import type { Reached } from "../reach-account.ts";
import type { Period } from "../roles/check-period.ts";

/** Roles of one system. */
export type SystemRolesWanted = Period & { relyingPartyId: string; roleIds: readonly string[] };

/**
 * `system_roles_missing`: no role is named, or one that the system does not declare (any more), or it is disabled.
 * `not_confirmed`: the person's office has not confirmed them, or the account is over. `system_role_held`: they hold one
 * of them already.
 */
export type GiveRefusal = "system_roles_missing" | "not_confirmed" | "system_role_held";

/**
 * Gives somebody roles in a system, all of them or none; they arrive there with the next token. What they had asked for
 * there is granted by it. Its owner is told. The caller has reached the account and holds its row; `actionId` is of the
 * officer's action.
 */
export async function giveSystemRoles(
  tx: Tx,
  ctx: Context,
  { officer, account }: Reached,
  { relyingPartyId, roleIds, from, until }: SystemRolesWanted,
  act: () => Promise<{ actionId: string }>,
): Promise<Result<null, GiveRefusal>> {
  const now = ctx.now();
  const wanted = [...new Set(roleIds)];
  const system = await findSystem(tx, relyingPartyId, wanted);
  if (!system) return refuse("system_roles_missing");
  if (!account.staffConfirmedAt || ["suspended", "closed"].includes(account.status)) return refuse("not_confirmed");
  if (!(await makeRoom(tx, account.id, wanted, now))) return refuse("system_role_held");
  const { actionId } = await act();
  const fromAt = from > now ? from : now;
  await tx.insert(relyingPartyRoleGrant).values(
    wanted.map((roleId) => ({
      id: uuidv7(now, ctx.random),
      accountId: account.id,
      roleId,
      fromAt,
      untilAt: until,
      grantedBy: officer.accountId,
      grantedAt: now,
    })),
  );
  const about = { accountId: account.id, relyingPartyId, system };
  await recordAll(
    tx,
    ctx,
    wanted.map((roleId) => ({ type: "relying_party_role.granted", ...about, roleId, actionId }) as const),
  );
  await grantRequest(tx, ctx, about);
  await notifyOwner(tx, ctx, account.id, "system_role_granted", { system });
  return ok(null);
}

/** The system's name, where it declares all of these roles. */
async function findSystem(tx: Tx, relyingPartyId: string, roleIds: readonly string[]): Promise<string | null> {
  if (roleIds.length === 0 || ![relyingPartyId, ...roleIds].every(isUuid)) return null;
  const declared = await tx
    .select({ system: relyingParty.name })
    .from(relyingPartyRole)
    .innerJoin(relyingParty, eq(relyingParty.id, relyingPartyRole.relyingPartyId))
    .where(
      and(
        eq(relyingParty.id, relyingPartyId),
        isNull(relyingParty.disabledAt),
        inArray(relyingPartyRole.id, [...roleIds]),
        isNull(relyingPartyRole.retiredAt),
      ),
    );
  return declared.length === roleIds.length ? (declared[0]?.system ?? null) : null;
}

/** Whether none of these is held or to come; what ran out stands in nobody's way. */
async function makeRoom(tx: Tx, accountId: string, roleIds: readonly string[], now: Date): Promise<boolean> {
  const grant = relyingPartyRoleGrant;
  const theirs = and(eq(grant.accountId, accountId), inArray(grant.roleId, [...roleIds]), isNull(grant.endedAt));
  await tx
    .update(grant)
    .set({ endedAt: grant.untilAt })
    .where(and(theirs, isNotNull(grant.untilAt), lte(grant.untilAt, now)));
  return (await tx.$count(grant, theirs)) === 0;
}

async function grantRequest(
  tx: Tx,
  ctx: Context,
  about: { accountId: string; relyingPartyId: string; system: string },
): Promise<void> {
  const granted = await tx
    .update(accessRequest)
    .set({
      state: "granted",
      decidedAt: ctx.now(),
      decidedBy: ctx.actor.kind === "account" ? ctx.actor.accountId : null,
    })
    .where(
      and(
        eq(accessRequest.accountId, about.accountId),
        eq(accessRequest.relyingPartyId, about.relyingPartyId),
        eq(accessRequest.state, "open"),
      ),
    )
    .returning({ requestId: accessRequest.id });
  await recordAll(
    tx,
    ctx,
    granted.map(({ requestId }) => ({ type: "access_request.granted", ...about, requestId }) as const),
  );
}
