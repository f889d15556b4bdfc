import { and, eq, gt, inArray, isNull, or } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { relyingParty, relyingPartyRole, relyingPartyRoleGrant } from "#db/schema/relying-party.ts";
import type { Context } from "#lib/kernel/context.ts";

/** Of these accounts all, or of one account this grant alone. */
export type WhichSystemRoles = { accountIds: readonly string[] } | { accountId: string; grantId: string };

export type EndedSystemRole = { accountId: string; relyingPartyId: string; system: string; roleId: string };

/**
 * Ends roles that are held in other systems, or are to be from a coming day; one that ran out by itself is left as it is.
 * Answers which, for the trail. What is open at a system on the strength of them the caller ends. The caller holds the
 * accounts' rows.
 */
export function endSystemRoles(tx: Tx, ctx: Context, which: WhichSystemRoles): Promise<EndedSystemRole[]> {
  const now = ctx.now();
  const grant = relyingPartyRoleGrant;
  return tx
    .update(grant)
    .set({ endedAt: now, endedBy: ctx.actor.kind === "account" ? ctx.actor.accountId : null })
    .from(relyingPartyRole)
    .innerJoin(relyingParty, eq(relyingParty.id, relyingPartyRole.relyingPartyId))
    .where(
      and(
        eq(relyingPartyRole.id, grant.roleId),
        isNull(grant.endedAt),
        or(isNull(grant.untilAt), gt(grant.untilAt, now)),
        "accountIds" in which
          ? inArray(grant.accountId, [...which.accountIds])
          : and(eq(grant.accountId, which.accountId), eq(grant.id, which.grantId)),
      ),
    )
    .returning({
      accountId: grant.accountId,
      relyingPartyId: relyingParty.id,
      system: relyingParty.name,
      roleId: relyingPartyRole.id,
    });
}
