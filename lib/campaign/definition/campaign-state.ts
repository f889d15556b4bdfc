import type { CampaignState } from "#db/schema/campaign.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";

/** What an administrator does with a campaign as a whole. start: the schedule does it too, on the first day. */
export const campaignMoves = ["announce", "withdraw", "start", "close", "discard"] as const;
export type CampaignMove = (typeof campaignMoves)[number];

/**
 * Every legal move. A move not on this table cannot happen. `discarded`: it is there no more. Closed is the end: what was
 * done in it stays as it was counted.
 */
export const moves = {
  draft: { announce: "announced", discard: "discarded" },
  announced: { withdraw: "draft", start: "running", close: "closed" },
  running: { close: "closed" },
  closed: {},
} as const satisfies Record<CampaignState, Partial<Record<CampaignMove, CampaignState | "discarded">>>;

/** Where a move leads from a state; `campaign_state` where it leads nowhere. */
export function moved(from: CampaignState, move: CampaignMove): Result<CampaignState | "discarded", "campaign_state"> {
  const of: Partial<Record<CampaignMove, CampaignState | "discarded">> = moves[from];
  const to = of[move];
  return to ? ok(to) : refuse("campaign_state");
}

/** Whether people see it and it sees them. */
export const isOpen = (state: CampaignState): boolean => state === "announced" || state === "running";

/**
 * What may still be changed. written: everything. told: what people were not yet held to: days to come, offices that have
 * not begun, words, contacts, reminders. over: nothing.
 */
export type Changeable = "written" | "told" | "over";
export function changeable(state: CampaignState): Changeable {
  if (state === "draft") return "written";
  return state === "closed" ? "over" : "told";
}
