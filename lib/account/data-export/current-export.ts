import { and, desc, eq } from "drizzle-orm";
import { dataExport } from "#db/schema/profile.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { unsealBytes } from "#lib/kernel/sealed.ts";
import { after, minutes } from "#lib/kernel/time.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { EXPORT_PURPOSE } from "./make-export.ts";

/** How long a copy may be taken once it is made. Whoever comes back later makes another. */
export const EXPORT_LIFETIME = minutes(30);

/** `size` in bytes; `until`: when it is thrown away. */
export type CurrentExport =
  | { state: "making"; requestedAt: Date }
  | { state: "ready"; id: string; readyAt: Date; until: Date; size: number };

/** The copy the signed-in person asked for last; nothing where there is none, or its time is over. */
export async function currentExport(ctx: Context): Promise<CurrentExport | null> {
  if (ctx.actor.kind !== "account") return null;
  const [found] = await ctx.db
    .select({
      id: dataExport.id,
      requestedAt: dataExport.requestedAt,
      readyAt: dataExport.readyAt,
      size: dataExport.size,
    })
    .from(dataExport)
    .where(eq(dataExport.accountId, ctx.actor.accountId))
    .orderBy(desc(dataExport.requestedAt))
    .limit(1);
  if (!found) return null;
  if (!found.readyAt) return { state: "making", requestedAt: found.requestedAt };
  const until = after(found.readyAt, EXPORT_LIFETIME);
  return until > ctx.now()
    ? { state: "ready", id: found.id, readyAt: found.readyAt, until, size: found.size ?? 0 }
    : null;
}

/** The copy itself, gzipped; null for one of somebody else, not made yet, or whose time is over. Recorded. */
export async function takeExport(ctx: Context, exportId: string): Promise<{ gzipped: Buffer; madeAt: Date } | null> {
  const { actor } = ctx;
  if (actor.kind !== "account" || !isUuid(exportId)) return null;
  const [found] = await ctx.db
    .select({ readyAt: dataExport.readyAt, body: dataExport.body })
    .from(dataExport)
    .where(and(eq(dataExport.id, exportId), eq(dataExport.accountId, actor.accountId)));
  if (!found?.readyAt || !found.body || after(found.readyAt, EXPORT_LIFETIME) <= ctx.now()) return null;
  const gzipped = unsealBytes(ctx.keys.sealing, found.body, EXPORT_PURPOSE, exportId);
  await ctx.db.transaction(async (tx) => {
    await tx.update(dataExport).set({ takenAt: ctx.now() }).where(eq(dataExport.id, exportId));
    await record(tx, ctx, { type: "data_export.taken", accountId: actor.accountId, exportId });
  });
  return { gzipped, madeAt: found.readyAt };
}
