import { and, eq, sql } from "drizzle-orm";
import { roleGrant } from "#db/schema/roles.ts";
import { record } from "#lib/audit/record.ts";
import { notifyOwner } from "#lib/authenticators/notify-owner.ts";
import { ok, refuse } from "#lib/kernel/result.ts";
import { grantable } from "#lib/office/roles/rights.ts";
import type { Outcome } from "../two-officers/outcome.ts";
import type { OfficerRequest } from "../two-officers/request-state.ts";

const its = ({ grantId }: OfficerRequest) => and(eq(roleGrant.id, grantId ?? ""), eq(roleGrant.state, "requested"));

/**
 * A second person agrees that somebody holds a role: it holds from now, or from its day if that is later. Both must stand
 * above the role themselves, at this moment; of administrators one is enough, since the one who asked was another.
 */
export const roleOutcome: Outcome = {
  async askable(tx, request, asker) {
    const [grant] = await tx.select().from(roleGrant).where(its(request));
    // One that is not open any more is refused below, by that name.
    return !grant || grantable(asker, grant.officeId).includes(grant.role);
  },

  async approved(tx, ctx, decision) {
    const { officer, account } = decision.reached;
    const now = ctx.now();
    const [grant] = await tx.select().from(roleGrant).where(its(decision.request)).for("update");
    if (!grant || (grant.untilAt && grant.untilAt <= now)) return refuse("grant_not_open");
    if (!grantable(officer, grant.officeId).includes(grant.role)) return refuse("outranked");
    await tx
      .update(roleGrant)
      .set({ state: "active", fromAt: sql`greatest(${roleGrant.fromAt}, ${now.toISOString()}::timestamptz)` })
      .where(eq(roleGrant.id, grant.id));
    await record(tx, ctx, { type: "role.granted", accountId: account.id, grantId: grant.id, role: grant.role });
    await notifyOwner(tx, ctx, account.id, "role_granted");
    return ok({});
  },

  async declined(tx, ctx, decision) {
    const { account } = decision.reached;
    const [grant] = await tx
      .update(roleGrant)
      .set({ state: "refused", endedAt: ctx.now(), endedBy: decision.reached.officer.accountId })
      .where(its(decision.request))
      .returning();
    if (grant)
      await record(tx, ctx, { type: "role.declined", accountId: account.id, grantId: grant.id, role: grant.role });
  },
};
