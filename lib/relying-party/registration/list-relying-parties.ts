import { eq, getTableColumns, sql } from "drizzle-orm";
import { run } from "#db/named.ts";
import { relyingParty, relyingPartyRole } from "#db/schema/relying-party.ts";
import type { Context } from "#lib/kernel/context.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import type { RelyingPartyRow } from "./hold-relying-party.ts";

export type ListedRelyingParty = Pick<
  RelyingPartyRow,
  | "id"
  | "clientId"
  | "name"
  | "category"
  | "owner"
  | "ownedByAgency"
  | "minimumLevel"
  | "openToAll"
  | "authMethod"
  | "disabledAt"
  | "version"
> & {
  hasLogo: boolean;
  /** Roles that can be granted, and secrets that open something now. */
  roles: number;
  secrets: number;
};

const listStatement = {
  name: "relying_parties_listed",
  text: `select rp.id, rp.client_id as "clientId", rp.name, rp.category, rp.owner, rp.owned_by_agency as "ownedByAgency",
    rp.minimum_level as "minimumLevel", rp.open_to_all as "openToAll", rp.auth_method as "authMethod",
    rp.disabled_at as "disabledAt", rp.version, rp.logo is not null as "hasLogo",
    (select count(*)::int from relying_party_role r where r.relying_party_id = rp.id and r.retired_at is null) as roles,
    (select count(*)::int from relying_party_secret k where k.relying_party_id = rp.id
      and (k.expires_at is null or k.expires_at > $1)) as secrets
    from relying_party rp order by lower(rp.name), rp.id`,
};

/** Every relying party there is, those that are disabled too, by name. */
export const listRelyingParties = (ctx: Pick<Context, "db" | "now">): Promise<ListedRelyingParty[]> =>
  run<ListedRelyingParty>(ctx.db, listStatement, [ctx.now()]);

export type DeclaredRole = Omit<typeof relyingPartyRole.$inferSelect, "relyingPartyId">;
/** With its roles, the retired ones last; without the picture. */
export type ReadRelyingParty = Omit<RelyingPartyRow, "logo"> & { hasLogo: boolean; roles: DeclaredRole[] };

/** One as it stands; nothing for what is no id or nobody's. */
export async function readRelyingParty(ctx: Pick<Context, "db">, id: string): Promise<ReadRelyingParty | null> {
  if (!isUuid(id)) return null;
  const { logo, ...columns } = getTableColumns(relyingParty);
  const [[found], roles] = await Promise.all([
    ctx.db
      .select({ ...columns, hasLogo: sql<boolean>`${logo} is not null` })
      .from(relyingParty)
      .where(eq(relyingParty.id, id)),
    ctx.db
      .select({
        id: relyingPartyRole.id,
        key: relyingPartyRole.key,
        nameMs: relyingPartyRole.nameMs,
        nameEn: relyingPartyRole.nameEn,
        retiredAt: relyingPartyRole.retiredAt,
      })
      .from(relyingPartyRole)
      .where(eq(relyingPartyRole.relyingPartyId, id))
      .orderBy(sql`${relyingPartyRole.retiredAt} is not null`, relyingPartyRole.key),
  ]);
  return found ? { ...found, roles } : null;
}

/** The id behind a client id; nothing where there is none. */
export async function findByClientId(ctx: Pick<Context, "db">, clientId: string): Promise<string | null> {
  const [found] = await ctx.db
    .select({ id: relyingParty.id })
    .from(relyingParty)
    .where(eq(relyingParty.clientId, clientId));
  return found?.id ?? null;
}
