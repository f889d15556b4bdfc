import { eq } from "drizzle-orm";
import { session } from "#db/schema/session.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";

/**
 * Why the session of a browser's cookie is no more, for telling its owner: it ran out by itself, or it was ended, from
 * elsewhere or by a change of what opens the account. Null where this browser ended it, or never had one.
 */
export async function whyEnded(ctx: Pick<Context, "db">, token: string): Promise<"idle" | "ended" | null> {
  const [found] = await ctx.db
    .select({ endedWhy: session.endedWhy })
    .from(session)
    .where(eq(session.tokenDigest, digest(token)));
  if (!found || found.endedWhy === "signed_out" || found.endedWhy === "signed_in_again") return null;
  return found.endedWhy === null ? "idle" : "ended";
}
