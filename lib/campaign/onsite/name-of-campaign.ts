import { eq } from "drizzle-orm";
import { campaign } from "#db/schema/campaign.ts";
import type { Context } from "#lib/kernel/context.ts";
import { isUuid } from "#lib/kernel/uuid.ts";

/** What a campaign is called, and whether it is at work: for the pages of its sessions. Null where there is none. */
export async function nameOfCampaign(ctx: Pick<Context, "db">, campaignId: string) {
  if (!isUuid(campaignId)) return null;
  const { nameMs, nameEn, state } = campaign;
  const [found] = await ctx.db.select({ nameMs, nameEn, state }).from(campaign).where(eq(campaign.id, campaignId));
  return found ?? null;
}
