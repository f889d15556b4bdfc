import { asc, eq } from "drizzle-orm";
import { office } from "#db/schema/office.ts";
import type { Context } from "#lib/kernel/context.ts";

export type Office = { id: string; code: string; name: string };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** An office by its id; nothing for what is no id or nobody's. */
export async function findOffice(ctx: Pick<Context, "db">, id: string): Promise<Office | null> {
  if (!UUID.test(id)) return null;
  const [found] = await ctx.db.select().from(office).where(eq(office.id, id));
  return found ?? null;
}

/** All of them, by code and name. */
export const listOffices = (ctx: Pick<Context, "db">): Promise<Office[]> =>
  ctx.db.select().from(office).orderBy(asc(office.code), asc(office.name));
