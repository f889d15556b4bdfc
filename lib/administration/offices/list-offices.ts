import { asc, eq } from "drizzle-orm";
import { office } from "#db/schema/office.ts";
import type { Context } from "#lib/kernel/context.ts";
import { isUuid } from "#lib/kernel/uuid.ts";

export type OfficeRow = typeof office.$inferSelect;

/** Every office, the retired ones too, by code and name. */
export const listAllOffices = (ctx: Pick<Context, "db">): Promise<OfficeRow[]> =>
  ctx.db.select().from(office).orderBy(asc(office.code), asc(office.name));

/** One of them as it stands; nothing for what is no id or nobody's. */
export async function readOffice(ctx: Pick<Context, "db">, id: string): Promise<OfficeRow | null> {
  if (!isUuid(id)) return null;
  const [found] = await ctx.db.select().from(office).where(eq(office.id, id));
  return found ?? null;
}
