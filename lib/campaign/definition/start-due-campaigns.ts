import { and, eq, exists, lte } from "drizzle-orm";
import { campaign, campaignPhase } from "#db/schema/campaign.ts";
import { record } from "#lib/audit/record.ts";
import { dayOf } from "#lib/kernel/calendar-day.ts";
import type { Context } from "#lib/kernel/context.ts";

/**
 * Announced campaigns whose first phase has come are running from now on; how many began. For the schedule: of two
 * instances that do it at once one begins each.
 */
export async function startDueCampaigns(ctx: Context): Promise<number> {
  const come = ctx.db
    .select({ id: campaignPhase.id })
    .from(campaignPhase)
    .where(and(eq(campaignPhase.campaignId, campaign.id), lte(campaignPhase.fromDay, dayOf(ctx.now()))));
  const due = await ctx.db
    .select({ id: campaign.id })
    .from(campaign)
    .where(and(eq(campaign.state, "announced"), exists(come)));
  let begun = 0;
  for (const { id } of due)
    begun += await ctx.db.transaction(async (tx) => {
      const [row] = await tx.select().from(campaign).where(eq(campaign.id, id)).for("update");
      // Withdrawn or begun by somebody else while it was waited for.
      if (row?.state !== "announced") return 0;
      await tx
        .update(campaign)
        .set({ state: "running", startedAt: ctx.now(), version: row.version + 1 })
        .where(eq(campaign.id, id));
      await record(tx, ctx, { type: "campaign.started", accountId: null, campaignId: id });
      return 1;
    });
  return begun;
}
