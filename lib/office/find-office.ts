import { asc, eq, isNull } from "drizzle-orm";
import { office } from "#db/schema/office.ts";
import type { Context } from "#lib/kernel/context.ts";

export type Office = { id: string; code: string; name: string };
/** One that people may choose, with the domains its people's mailboxes are on; null: the agency's. */
export type OfferedOffice = Office & { emailDomains: readonly string[] | null };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** An office by its id, a retired one too; nothing for what is no id or nobody's. */
export async function findOffice(ctx: Pick<Context, "db">, id: string): Promise<OfferedOffice | null> {
  if (!UUID.test(id)) return null;
  const [found] = await ctx.db.select().from(office).where(eq(office.id, id));
  return found ?? null;
}

/** An office that somebody may choose: none that is retired. */
export async function findOfferedOffice(ctx: Pick<Context, "db">, id: string): Promise<OfferedOffice | null> {
  if (!UUID.test(id)) return null;
  const [found] = await ctx.db.select().from(office).where(eq(office.id, id));
  return found && found.retiredAt === null ? found : null;
}

/** All of them, retired ones too, by code and name. */
export const listOffices = (ctx: Pick<Context, "db">): Promise<Office[]> =>
  ctx.db.select().from(office).orderBy(asc(office.code), asc(office.name));

/** Those that may be chosen, by code and name. */
export const listOfferedOffices = (ctx: Pick<Context, "db">): Promise<OfferedOffice[]> =>
  ctx.db.select().from(office).where(isNull(office.retiredAt)).orderBy(asc(office.code), asc(office.name));
