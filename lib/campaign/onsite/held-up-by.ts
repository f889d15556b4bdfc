import { campaignPerson } from "#db/schema/campaign.ts";

/** What holds somebody up first, as their row of a campaign says. */
export type CampaignPersonHeldUpBy = NonNullable<(typeof campaignPerson.$inferSelect)["heldUpBy"]>;

export const isHeldUpBy = (value: unknown): value is CampaignPersonHeldUpBy =>
  campaignPerson.heldUpBy.enumValues.some((known) => known === value);
