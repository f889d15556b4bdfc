import { and, eq, isNull, lte, or } from "drizzle-orm";
import { account } from "#db/schema/account.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { before } from "#lib/kernel/time.ts";
import { OFFER_AGAIN } from "./offer-second-factor.ts";

/** "Bukan sekarang". Pressed twice, or from an old page, it counts once: the month runs from the first. */
export async function putOffSecondFactor(ctx: Context, accountId: string): Promise<void> {
  const now = ctx.now();
  await ctx.db.transaction(async (tx) => {
    const longAgo = lte(account.offerPutOffAt, before(now, OFFER_AGAIN.after));
    const putOff = await tx
      .update(account)
      .set({ offerPutOffAt: now })
      .where(and(eq(account.id, accountId), or(isNull(account.offerPutOffAt), longAgo)))
      .returning({ id: account.id });
    if (putOff.length > 0) await record(tx, ctx, { type: "enrolment_offer.put_off", accountId });
  });
}
