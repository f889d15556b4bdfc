import { and, eq, inArray, isNotNull, ne } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { roleGrant } from "#db/schema/roles.ts";
import { recordAll } from "#lib/audit/record.ts";
import { notifyOwner } from "#lib/authenticators/notify-owner.ts";
import type { Context } from "#lib/kernel/context.ts";
import { withdrawForGrants } from "../two-officers/withdraw-for-grants.ts";

/**
 * Somebody works in that office from here: what they held, or waited for, in another ends, however they came to be moved.
 * They are told. In the transaction that moves them.
 */
export async function endRolesElsewhere(tx: Tx, ctx: Context, id: string, officeId: string): Promise<void> {
  const endedBy = ctx.actor.kind === "account" ? ctx.actor.accountId : null;
  const elsewhere = and(
    eq(roleGrant.accountId, id),
    isNotNull(roleGrant.officeId),
    ne(roleGrant.officeId, officeId),
    inArray(roleGrant.state, ["requested", "active"]),
  );
  const ended = await tx
    .update(roleGrant)
    .set({ state: "ended", endedAt: ctx.now(), endedBy })
    .where(elsewhere)
    .returning({ grantId: roleGrant.id, role: roleGrant.role });
  if (ended.length === 0) return;
  await withdrawForGrants(
    tx,
    ctx,
    ended.map(({ grantId }) => grantId),
  );
  await recordAll(
    tx,
    ctx,
    ended.map((grant) => ({ type: "role.ended", accountId: id, ...grant })),
  );
  await notifyOwner(tx, ctx, id, "role_ended");
}
