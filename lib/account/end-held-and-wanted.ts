import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { officerRequest } from "#db/schema/helpdesk.ts";
import { helpdeskCase } from "#db/schema/profile.ts";
import { accessRequest, relyingParty } from "#db/schema/relying-party.ts";
import { roleGrant } from "#db/schema/roles.ts";
import type { AuditEvent } from "#lib/audit/catalogue.ts";
import type { Context } from "#lib/kernel/context.ts";
import { endSystemRoles } from "./end-system-roles.ts";

/**
 * Accounts that end, however they do, take along the roles they held or waited for here and in other systems, what their owners asked for, and what
 * officers wanted to do to them: should one be reopened, it begins with none of it. What their owners asked for on others'
 * accounts goes on. Answers what is for the trail. The caller holds the rows.
 */
export async function endHeldAndWanted(tx: Tx, ctx: Context, accountIds: readonly string[]): Promise<AuditEvent[]> {
  const now = ctx.now();
  const endedBy = ctx.actor.kind === "account" ? ctx.actor.accountId : null;
  const grants = await tx
    .update(roleGrant)
    .set({ state: "ended", endedAt: now, endedBy })
    .where(and(inArray(roleGrant.accountId, [...accountIds]), inArray(roleGrant.state, ["requested", "active"])))
    .returning({ accountId: roleGrant.accountId, grantId: roleGrant.id, role: roleGrant.role });
  const requests = await tx
    .update(officerRequest)
    .set({ state: "withdrawn", decidedAt: now })
    .where(and(inArray(officerRequest.accountId, [...accountIds]), eq(officerRequest.state, "open")))
    .returning({ accountId: officerRequest.accountId, requestId: officerRequest.id, kind: officerRequest.kind });
  const cases = await tx
    .update(helpdeskCase)
    .set({ state: "closed", endedAt: now })
    .where(and(inArray(helpdeskCase.accountId, [...accountIds]), eq(helpdeskCase.state, "open")))
    .returning({ accountId: helpdeskCase.accountId, caseId: helpdeskCase.id, kind: helpdeskCase.kind });
  const systemRoles = await endSystemRoles(tx, ctx, { accountIds });
  const access = await tx
    .update(accessRequest)
    .set({ state: "withdrawn", decidedAt: now })
    .from(relyingParty)
    .where(
      and(
        eq(relyingParty.id, accessRequest.relyingPartyId),
        inArray(accessRequest.accountId, [...accountIds]),
        eq(accessRequest.state, "open"),
      ),
    )
    .returning({
      accountId: accessRequest.accountId,
      requestId: accessRequest.id,
      relyingPartyId: relyingParty.id,
      system: relyingParty.name,
    });
  return [
    ...systemRoles.map((role): AuditEvent => ({ type: "relying_party_role.ended", ...role, actionId: null })),
    ...access.map((request): AuditEvent => ({ type: "access_request.withdrawn", ...request })),
    ...grants.map((grant): AuditEvent => ({ type: "role.ended", ...grant })),
    ...requests.map((request): AuditEvent => ({ type: "officer_request.withdrawn", ...request })),
    ...cases.map((each): AuditEvent => ({ type: "case.closed", ...each })),
  ];
}
