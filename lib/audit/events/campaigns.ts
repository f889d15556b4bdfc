/** Of the phased move to Roaming OTP: campaigns, their letters, what one officer prepares and another confirms. */
export type CampaignEvents = {
  /** `filters`: the names of those that were set; never what was typed. */
  "campaign_people.exported": { campaignId: string; rows: number; filters: string };
  /** All that a campaign asks for is there, and its phase has begun. */
  "move.completed": { campaignId: string };
  "campaign.created": { campaignId: string };
  /** `before`, `after`: what was said of it, by its part; nothing personal. */
  "campaign.changed": { campaignId: string; part: CampaignPart; before: unknown; after: unknown };
  "campaign.announced": { campaignId: string };
  /** Back to being written, before anybody was written to. */
  "campaign.withdrawn": { campaignId: string };
  /** By an administrator, or by the portal itself on the first day of the first phase. */
  "campaign.started": { campaignId: string };
  "campaign.closed": { campaignId: string };
  /** A draft that nobody needs. */
  "campaign.discarded": { campaignId: string };
  "campaign_letters.started": {
    campaignId: string;
    runId: string;
    kind: "invitation" | "reminder";
    how: "schedule" | "officer";
  };
  "campaign_letters.paused": { campaignId: string; runId: string };
  "campaign_letters.resumed": { campaignId: string; runId: string };
  /** By an officer, or by the system: its campaign was closed, or its phase is over. */
  "campaign_letters.stopped": { campaignId: string; runId: string };
};

export type CampaignPart = "about" | "whom" | "phase" | "letters" | "schedule";
