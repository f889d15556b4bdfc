import { randomUUID } from "node:crypto";
import { type Role, roleGrant } from "#db/schema/roles.ts";
import type { Reason } from "#lib/helpdesk/reason.ts";
import type { Context } from "#lib/kernel/context.ts";
import { isAgencyWide } from "#lib/office/roles/rights.ts";

/** `officeId`: of a role held for one office; the others reach over the agency. */
export type GrantWanted = { role: Role; officeId: string; fromAt?: Date; untilAt?: Date | null };

/** Lets an account hold a role, as one that was granted a while ago. Answers the grant's id. */
export async function addGrant(
  ctx: Pick<Context, "db" | "now">,
  accountId: string,
  { role, officeId, fromAt = ctx.now(), untilAt = null }: GrantWanted,
): Promise<string> {
  const id = randomUUID();
  await ctx.db.insert(roleGrant).values({
    id,
    accountId,
    role,
    officeId: isAgencyWide(role) ? null : officeId,
    state: "active",
    fromAt,
    untilAt,
    grantedAt: fromAt,
  });
  return id;
}

/** Why an officer of a test does something. */
export const anyReason = "Diminta oleh pemilik melalui telefon" as Reason;
