import { eq } from "drizzle-orm";
import { undoLink } from "#db/schema/recovery.ts";
import type { Context } from "#lib/kernel/context.ts";
import { tokenOf } from "#lib/kernel/mailed-secrets.ts";

/** The address of "this was not me", of the key its row was made with. One whose row is gone leads where it says so. */
export async function undoAddress(ctx: Context, undoId: string): Promise<string> {
  const { id, tokenDigest } = undoLink;
  const [row] = await ctx.db.select({ id, tokenDigest }).from(undoLink).where(eq(id, undoId));
  return `${ctx.origin}/undo/${tokenOf(ctx.keys, "undo", row ?? { id: undoId, tokenDigest: "" })}`;
}
