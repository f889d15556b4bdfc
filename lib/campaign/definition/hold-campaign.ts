import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { campaign } from "#db/schema/campaign.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { type AdministerRefusal, administer } from "#lib/office/roles/administer.ts";

export type CampaignRow = typeof campaign.$inferSelect;

/** not_found: no such campaign, or none for whoever asks. changed_meanwhile: it is not the version they looked at. */
export type ChangeCampaignRefusal = AdministerRefusal | "changed_meanwhile";

/** Which one, and the version that whoever changes it looked at. */
export type Which = { campaignId: string; version: number };

type Decided<T> = { set: Partial<CampaignRow> | null; value: T };

/**
 * Changes a campaign, alone: `work` decides with its row held, and answers what becomes another in it (`set`) beside its
 * value. With `set`, empty too, its version grows; null leaves all as it is.
 */
export async function holdingCampaign<T, E extends string>(
  ctx: Context,
  { campaignId, version }: Which,
  work: (tx: Tx, row: CampaignRow) => Promise<Result<Decided<T>, E>>,
): Promise<Result<T, E | ChangeCampaignRefusal>> {
  if (!isUuid(campaignId)) return refuse("not_found");
  return ctx.db.transaction(async (tx): Promise<Result<T, E | ChangeCampaignRefusal>> => {
    const may = await administer(tx, ctx);
    if (!may.ok) return may;
    const [row] = await tx.select().from(campaign).where(eq(campaign.id, campaignId)).for("update");
    if (!row) return refuse("not_found");
    if (row.version !== version) return refuse("changed_meanwhile");
    const decided = await work(tx, row);
    if (!decided.ok) return decided;
    if (decided.value.set)
      await tx
        .update(campaign)
        .set({ ...decided.value.set, version: row.version + 1 })
        .where(eq(campaign.id, row.id));
    return ok(decided.value.value);
  });
}
