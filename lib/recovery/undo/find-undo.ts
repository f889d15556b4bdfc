import { eq } from "drizzle-orm";
import { undoLink } from "#db/schema/recovery.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";

export type UndoPurpose = (typeof undoLink.$inferSelect)["purpose"];

/**
 * What a mailed link undoes; null where it is none of ours. Whether it still does is for the use case of that purpose to
 * say.
 */
export async function findUndo(ctx: Context, token: string): Promise<UndoPurpose | null> {
  const [found] = await ctx.db
    .select({ purpose: undoLink.purpose })
    .from(undoLink)
    .where(eq(undoLink.tokenDigest, digest(token)));
  return found?.purpose ?? null;
}
