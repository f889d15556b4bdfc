import { and, eq } from "drizzle-orm";
import { device, session } from "#db/schema/session.ts";
import type { Context } from "#lib/kernel/context.ts";

/** What one of the owner's sessions, or browsers, is or was called; nothing where it is not theirs. */
export async function deviceOf(ctx: Context, of: { session: string } | { browser: string }): Promise<string | null> {
  if (ctx.actor.kind !== "account") return null;
  const { accountId } = ctx.actor;
  const [found] =
    "session" in of
      ? await ctx.db
          .select({ device: session.device })
          .from(session)
          .where(and(eq(session.id, of.session), eq(session.accountId, accountId)))
      : await ctx.db
          .select({ device: device.label })
          .from(device)
          .where(and(eq(device.id, of.browser), eq(device.accountId, accountId)));
  return found?.device ?? null;
}
