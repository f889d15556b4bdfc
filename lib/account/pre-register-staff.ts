import { account } from "#db/schema/account.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { auditRow } from "#lib/audit/record.ts";
import { blindIndex } from "#lib/kernel/blind-index.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { IdentityNumber } from "#lib/kernel/identity-number.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import { sealIdentity } from "./seal-identity.ts";

export type StaffMember = {
  identity: IdentityNumber;
  fullName: string;
  officialEmail: string;
  officeId: string;
  opensAt: Date | null;
};

/**
 * Puts people of the staff register in place: they need no registration and may activate from `opensAt` (null: at once).
 * Two statements however many they are. Returns the ids of those who were new; somebody who has an account keeps it.
 */
export async function preRegisterStaff(ctx: Context, staff: readonly StaffMember[]): Promise<string[]> {
  if (staff.length === 0) return [];
  const now = ctx.now();
  const rows = staff.map((member) => {
    const id = uuidv7(now, ctx.random);
    return {
      id,
      status: "pre_registered" as const,
      identityType: member.identity.type,
      identitySealed: sealIdentity(ctx, id, member.identity),
      identityIndex: blindIndex(ctx.keys, member.identity),
      fullName: member.fullName,
      officialEmail: member.officialEmail,
      officeId: member.officeId,
      opensAt: member.opensAt,
      staffConfirmedAt: now,
      createdAt: now,
    };
  });
  const officeOf = new Map(rows.map((row) => [row.id, row.officeId]));
  return ctx.db.transaction(async (tx) => {
    const created = await tx.insert(account).values(rows).onConflictDoNothing().returning({ id: account.id });
    const events = created.map(({ id }) =>
      auditRow(ctx, { type: "account.pre_registered", accountId: id, officeId: officeOf.get(id) ?? "" }),
    );
    if (events.length > 0) await tx.insert(auditEvent).values(events);
    return created.map(({ id }) => id);
  });
}
