import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { account } from "#db/schema/account.ts";
import { office } from "#db/schema/office.ts";
import type { Context } from "#lib/kernel/context.ts";
import { officialDomains } from "#lib/office/official-domains.ts";

/** Where the official mailbox of an account may be: its office's domains, else the agency's. */
export async function domainsOfAccount(
  on: Tx | Context["db"],
  { policy }: Pick<Context, "policy">,
  accountId: string,
): Promise<readonly string[]> {
  const [own] = await on
    .select({ emailDomains: office.emailDomains })
    .from(account)
    .innerJoin(office, eq(office.id, account.officeId))
    .where(eq(account.id, accountId));
  return officialDomains(policy, own ?? null);
}

/** The same of whoever is signed in; the agency's for anybody else. */
export const domainsOfOwner = async (ctx: Pick<Context, "db" | "actor" | "policy">): Promise<readonly string[]> =>
  ctx.actor.kind === "account" ? domainsOfAccount(ctx.db, ctx, ctx.actor.accountId) : ctx.policy.emailDomains;
