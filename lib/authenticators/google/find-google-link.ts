import { eq } from "drizzle-orm";
import type { Db, Tx } from "#db/client.ts";
import { googleLink } from "#db/schema/second-factors.ts";
import type { Context } from "#lib/kernel/context.ts";
import { unseal } from "#lib/kernel/sealed.ts";
import { EMAIL_PURPOSE } from "./google-identity.ts";

export type GoogleLink = { id: string; email: string; linkedAt: Date; lastUsedAt: Date | null };

/** The Google account that opens this account, as its owner may see it. */
export async function findGoogleLink(
  ctx: Context,
  accountId: string,
  on: Db | Tx = ctx.db,
): Promise<GoogleLink | null> {
  const [found] = await on.select().from(googleLink).where(eq(googleLink.accountId, accountId));
  if (!found) return null;
  const { id, emailSealed, linkedAt, lastUsedAt } = found;
  return { id, email: unseal(ctx.keys.sealing, emailSealed, EMAIL_PURPOSE, id), linkedAt, lastUsedAt };
}
