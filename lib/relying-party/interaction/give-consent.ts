import { and, eq, isNull, sql } from "drizzle-orm";
import { consent } from "#db/schema/relying-party.ts";
import { holdOwner } from "#lib/account/profile/hold-owner.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";

/** What is agreed to: scopes, as the request that the page showed has them. */
export type Agreed = { relyingPartyId: string; system: string; scopes: readonly string[] };

/**
 * The signed-in person agrees that a system is told what these scopes open, until they withdraw it. It is added to what they
 * agreed to before.
 */
export async function giveConsent(
  ctx: Context,
  { relyingPartyId, system, scopes }: Agreed,
): Promise<Result<null, "signed_out">> {
  return ctx.db.transaction(async (tx) => {
    const owner = await holdOwner(tx, ctx);
    if (!owner) return refuse("signed_out");
    const given = { accountId: owner.id, relyingPartyId };
    const its = and(eq(consent.accountId, owner.id), eq(consent.relyingPartyId, relyingPartyId));
    const added = await tx
      .update(consent)
      .set({
        givenAt: ctx.now(),
        scopes: sql`array(select distinct unnest(${consent.scopes} || ${sql.param([...scopes])}::text[]))`,
      })
      .where(and(its, isNull(consent.withdrawnAt)))
      .returning({ id: consent.id });
    if (added.length === 0)
      await tx
        .insert(consent)
        .values({ ...given, id: uuidv7(ctx.now(), ctx.random), scopes: [...scopes], givenAt: ctx.now() });
    await record(tx, ctx, { type: "consent.given", ...given, system });
    return ok(null);
  });
}
