import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { accountIctRole, ictRole } from "#db/schema/profile.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { holdOwner } from "./hold-owner.ts";

export type IctRole = { id: string; nameMs: string; nameEn: string };

/** The roles there are to choose from, in the order they are offered; those taken out of use are not among them. */
export const offeredIctRoles = (ctx: Pick<Context, "db">): Promise<IctRole[]> =>
  ctx.db
    .select({ id: ictRole.id, nameMs: ictRole.nameMs, nameEn: ictRole.nameEn })
    .from(ictRole)
    .where(isNull(ictRole.retiredAt))
    .orderBy(asc(ictRole.position), asc(ictRole.id));

/**
 * The signed-in person says which roles they hold, all at once. Refuses `role_unknown` where one of them is not
 * offered. A role kept keeps its date, and one held that has been taken out of use meanwhile stays. A role here gives
 * no right, so nobody is written to.
 */
export async function changeIctRoles(
  ctx: Context,
  roleIds: readonly string[],
): Promise<Result<null, "signed_out" | "role_unknown">> {
  return ctx.db.transaction(async (tx) => {
    const owner = await holdOwner(tx, ctx);
    if (!owner) return refuse("signed_out");
    const offered = new Set(await offeredIds(tx));
    const wanted = new Set(roleIds);
    if (wanted.difference(offered).size > 0) return refuse("role_unknown");
    const its = eq(accountIctRole.accountId, owner.id);
    const rows = await tx.select({ id: accountIctRole.roleId }).from(accountIctRole).where(its);
    const held = new Set(rows.map(({ id }) => id));
    const dropped = [...held.intersection(offered).difference(wanted)];
    const added = [...wanted.difference(held)];
    if (dropped.length + added.length === 0) return ok(null);
    if (dropped.length > 0) await tx.delete(accountIctRole).where(and(its, inArray(accountIctRole.roleId, dropped)));
    const heldSince = ctx.now();
    if (added.length > 0)
      await tx.insert(accountIctRole).values(added.map((roleId) => ({ accountId: owner.id, roleId, heldSince })));
    await record(tx, ctx, { type: "profile.changed", accountId: owner.id, field: "ict_roles" });
    return ok(null);
  });
}

async function offeredIds(tx: Tx): Promise<string[]> {
  const rows = await tx.select({ id: ictRole.id }).from(ictRole).where(isNull(ictRole.retiredAt));
  return rows.map(({ id }) => id);
}
