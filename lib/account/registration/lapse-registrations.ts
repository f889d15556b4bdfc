import { and, inArray, isNotNull, lte } from "drizzle-orm";
import { account } from "#db/schema/account.ts";
import { recordAll } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { before } from "#lib/kernel/time.ts";
import { limits } from "#lib/throttle/limits.ts";
import { endHeldAndWanted } from "../end-held-and-wanted.ts";
import { lifecycle, statesWith } from "../lifecycle.ts";

/**
 * Closes self-registrations that were not activated in time, which frees their identity and their mailbox. Returns how many.
 * One statement for all of them; those the agency registered wait for as long as they need.
 */
export async function lapseRegistrations(ctx: Context): Promise<number> {
  const now = ctx.now();
  const lapsing = statesWith("lapse");
  return ctx.db.transaction(async (tx) => {
    const lapsed = await tx
      .update(account)
      .set({ status: lifecycle.registered.lapse, closedAt: now })
      .where(
        and(
          inArray(account.status, lapsing),
          isNotNull(account.selfRegisteredAt),
          lte(account.selfRegisteredAt, before(now, limits.registrationLapsesAfter)),
        ),
      )
      .returning({ id: account.id });
    const ids = lapsed.map(({ id }) => id);
    await recordAll(tx, ctx, [
      ...ids.map((accountId) => ({ type: "account.lapsed", accountId }) as const),
      ...(ids.length > 0 ? await endHeldAndWanted(tx, ctx, ids) : []),
    ]);
    return lapsed.length;
  });
}
