import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { ictRole } from "#db/schema/profile.ts";
import { relyingParty, relyingPartyRole } from "#db/schema/relying-party.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { TargetIctRole, TargetRole } from "./find-campaign.ts";

/** Roles a campaign can be for: those that are given, of systems that are open, by system; and those people state. */
export async function listTargets(
  ctx: Pick<Context, "db">,
): Promise<{ roles: TargetRole[]; ictRoles: TargetIctRole[] }> {
  const [roles, ictRoles] = await Promise.all([
    ctx.db
      .select({
        id: relyingPartyRole.id,
        key: relyingPartyRole.key,
        nameMs: relyingPartyRole.nameMs,
        nameEn: relyingPartyRole.nameEn,
        system: relyingParty.name,
        isRetired: sql<boolean>`false`,
      })
      .from(relyingPartyRole)
      .innerJoin(relyingParty, eq(relyingParty.id, relyingPartyRole.relyingPartyId))
      .where(and(isNull(relyingPartyRole.retiredAt), isNull(relyingParty.disabledAt)))
      .orderBy(sql`lower(${relyingParty.name})`, asc(relyingPartyRole.key)),
    ctx.db
      .select({ id: ictRole.id, nameMs: ictRole.nameMs, nameEn: ictRole.nameEn })
      .from(ictRole)
      .where(isNull(ictRole.retiredAt))
      .orderBy(asc(ictRole.position), asc(ictRole.id)),
  ]);
  return { roles, ictRoles };
}
