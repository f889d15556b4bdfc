import { and, desc, eq, ne } from "drizzle-orm";
import { session } from "#db/schema/session.ts";
import type { Context } from "#lib/kernel/context.ts";

/** The sign-in before this one, so that a stranger's would be noticed. */
export async function previousSignIn(
  ctx: Context,
  now: { id: string; accountId: string },
): Promise<{ at: Date; device: string } | null> {
  const [previous] = await ctx.db
    .select({ at: session.createdAt, device: session.device })
    .from(session)
    .where(and(eq(session.accountId, now.accountId), ne(session.id, now.id)))
    .orderBy(desc(session.createdAt))
    .limit(1);
  return previous ?? null;
}
