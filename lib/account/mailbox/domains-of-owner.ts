import { eq } from "drizzle-orm";
import { account } from "#db/schema/account.ts";
import { office } from "#db/schema/office.ts";
import type { Context } from "#lib/kernel/context.ts";
import { officialDomains } from "#lib/office/official-domains.ts";

/** Where the official mailbox of whoever is signed in may be: their office's domains, else the agency's. */
export async function domainsOfOwner(ctx: Pick<Context, "db" | "actor" | "policy">): Promise<readonly string[]> {
  if (ctx.actor.kind !== "account") return ctx.policy.emailDomains;
  const [own] = await ctx.db
    .select({ emailDomains: office.emailDomains })
    .from(account)
    .innerJoin(office, eq(office.id, account.officeId))
    .where(eq(account.id, ctx.actor.accountId));
  return officialDomains(ctx.policy, own ?? null);
}
