import { and, eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { relyingPartyRole } from "#db/schema/relying-party.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { isUuid, uuidv7 } from "#lib/kernel/uuid.ts";
import { endSessionsWithoutAccess } from "../end-sessions-without-access.ts";
import { type ChangeRefusal, holdingRelyingParty, type RelyingPartyRow, type Which } from "./hold-relying-party.ts";
import { isSameKey } from "./parse/parse-registration.ts";
import { MOST_ROLES, type RoleWanted } from "./registration.ts";

/** role_taken: another role of it has this key, in capitals or not. */
export type DeclareRefusal = ChangeRefusal | "role_taken" | "roles_many";

/** A further role, or module, that officers can grant from now on. */
export async function declareRole(
  ctx: Context,
  which: Which,
  wanted: RoleWanted,
): Promise<Result<{ roleId: string }, DeclareRefusal>> {
  return holdingRelyingParty(ctx, which, async (tx, row) => {
    const roles = await rolesOf(tx, row.id);
    if (roles.length >= MOST_ROLES) return refuse("roles_many");
    if (roles.some(({ key }) => isSameKey(key, wanted.key))) return refuse("role_taken");
    const roleId = uuidv7(ctx.now(), ctx.random);
    await tx.insert(relyingPartyRole).values({ id: roleId, relyingPartyId: row.id, ...wanted });
    await recordRole(tx, ctx, row, { before: null, after: { ...wanted } });
    return ok({ set: {}, value: { roleId } });
  });
}

/** What people call a role. Its key stays: systems know it by that. */
export async function renameRole(
  ctx: Context,
  which: Which,
  roleId: string,
  { nameMs, nameEn }: Omit<RoleWanted, "key">,
): Promise<Result<{ changed: boolean }, ChangeRefusal>> {
  return changingRole(ctx, which, roleId, (role) =>
    role.nameMs === nameMs && role.nameEn === nameEn ? null : { nameMs, nameEn },
  );
}

/**
 * A retired role is granted to nobody, and gives whoever holds it nothing; who has no other is signed out of the system. `retired`
 * false brings it back, to those who still hold it too.
 */
export async function retireRole(
  ctx: Context,
  which: Which,
  roleId: string,
  retired: boolean,
): Promise<Result<{ changed: boolean }, ChangeRefusal>> {
  return changingRole(ctx, which, roleId, ({ retiredAt }) =>
    (retiredAt !== null) === retired ? null : { retiredAt: retired ? ctx.now() : null },
  );
}

type RoleRow = typeof relyingPartyRole.$inferSelect;

async function changingRole(
  ctx: Context,
  which: Which,
  roleId: string,
  decide: (role: RoleRow) => Partial<RoleRow> | null,
): Promise<Result<{ changed: boolean }, ChangeRefusal>> {
  if (!isUuid(roleId)) return refuse("not_found");
  return holdingRelyingParty<{ changed: boolean }, "not_found">(ctx, which, async (tx, row) => {
    const [role] = await tx
      .select()
      .from(relyingPartyRole)
      .where(and(eq(relyingPartyRole.id, roleId), eq(relyingPartyRole.relyingPartyId, row.id)));
    if (!role) return refuse("not_found");
    const set = decide(role);
    if (set === null) return ok({ set: null, value: { changed: false } });
    await tx.update(relyingPartyRole).set(set).where(eq(relyingPartyRole.id, role.id));
    const { key } = role;
    const before = Object.fromEntries(Object.keys(set).map((name) => [name, role[name as keyof RoleRow]]));
    await recordRole(tx, ctx, row, { before: { key, ...before }, after: { key, ...set } });
    if (set.retiredAt) await endSessionsWithoutAccess(tx, ctx, { relyingPartyId: row.id });
    return ok({ set: {}, value: { changed: true } });
  });
}

const rolesOf = (tx: Tx, relyingPartyId: string): Promise<RoleRow[]> =>
  tx.select().from(relyingPartyRole).where(eq(relyingPartyRole.relyingPartyId, relyingPartyId));

const recordRole = (
  tx: Tx,
  ctx: Context,
  { id, name }: RelyingPartyRow,
  { before, after }: { before: object | null; after: object },
): Promise<void> =>
  record(tx, ctx, {
    type: "relying_party.changed",
    accountId: null,
    relyingPartyId: id,
    system: name,
    before: { role: before },
    after: { role: after },
  });
