import { eq } from "drizzle-orm";
import { account } from "#db/schema/account.ts";
import type { Context, Language } from "#lib/kernel/context.ts";

/** The language of the account's letters, and of its pages in a browser that has not chosen one. */
export async function rememberLanguage(ctx: Context, accountId: string, language: Language): Promise<void> {
  await ctx.db.update(account).set({ language }).where(eq(account.id, accountId));
}
