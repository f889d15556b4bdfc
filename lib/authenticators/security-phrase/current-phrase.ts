import { eq } from "drizzle-orm";
import { securityPhrase } from "#db/schema/second-factors.ts";
import type { Context } from "#lib/kernel/context.ts";
import { unsealPhrase } from "./seal-phrase.ts";

/** The phrase of whoever is signed in, and since when; nothing where none was chosen. */
export async function currentPhrase(ctx: Context): Promise<{ phrase: string; setAt: Date } | null> {
  if (ctx.actor.kind !== "account") return null;
  const { accountId } = ctx.actor;
  const [kept] = await ctx.db.select().from(securityPhrase).where(eq(securityPhrase.accountId, accountId));
  return kept ? { phrase: unsealPhrase(ctx, accountId, kept.phraseSealed), setAt: kept.setAt } : null;
}
