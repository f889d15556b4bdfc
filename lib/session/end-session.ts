import { and, eq, isNull } from "drizzle-orm";
import { session } from "#db/schema/session.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";

/** Signs a browser out, everywhere at once since the row is the authority. Ending what has ended changes nothing. */
export async function endSession(ctx: Context, token: string, why: "signed_out"): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const [ended] = await tx
      .update(session)
      .set({ endedAt: ctx.now(), endedWhy: why })
      .where(and(eq(session.tokenDigest, digest(token)), isNull(session.endedAt)))
      .returning({ id: session.id, accountId: session.accountId });
    if (ended) await record(tx, ctx, { type: "session.ended", accountId: ended.accountId, sessionId: ended.id, why });
  });
}
