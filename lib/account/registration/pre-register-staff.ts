import type { Tx } from "#db/client.ts";
import { account } from "#db/schema/account.ts";
import { recordAll } from "#lib/audit/record.ts";
import { indexColumns } from "#lib/kernel/blind-index.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { IdentityNumber } from "#lib/kernel/identity-number.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import { sealIdentity } from "../seal-identity.ts";

export type StaffMember = {
  identity: IdentityNumber;
  fullName: string;
  officialEmail: string;
  officeId: string;
  opensAt: Date | null;
};

/** PostgreSQL takes 65,535 parameters a statement; a person needs eleven. */
const AT_ONCE = 1_000;

/**
 * Puts people of the staff register in place: they need no registration and may activate from `opensAt` (null: at once).
 * A thousand a statement. Returns the ids of those who were new; somebody who has an account keeps it.
 */
export async function preRegisterStaff(tx: Tx, ctx: Context, staff: readonly StaffMember[]): Promise<string[]> {
  const ids: string[] = [];
  for (let from = 0; from < staff.length; from += AT_ONCE)
    ids.push(...(await insert(tx, ctx, staff.slice(from, from + AT_ONCE))));
  return ids;
}

async function insert(tx: Tx, ctx: Context, staff: readonly StaffMember[]): Promise<string[]> {
  const rows = staff.map((member) => row(ctx, member));
  const created = await tx
    .insert(account)
    .values(rows)
    .onConflictDoNothing()
    .returning({ id: account.id, officeId: account.officeId });
  await recordAll(
    tx,
    ctx,
    created.map(({ id, officeId }) => ({ type: "account.pre_registered", accountId: id, officeId })),
  );
  return created.map(({ id }) => id);
}

function row(ctx: Context, { identity, ...member }: StaffMember): typeof account.$inferInsert {
  const now = ctx.now();
  const id = uuidv7(now, ctx.random);
  return {
    ...member,
    id,
    status: "pre_registered",
    identityType: identity.type,
    identitySealed: sealIdentity(ctx, id, identity),
    ...indexColumns(ctx.keys, identity),
    staffConfirmedAt: now,
    createdAt: now,
  };
}
