import { expect, test } from "vitest";
import { campaignStates } from "#db/schema/campaign.ts";
import { campaignMoves, changeable, isOpen, moved } from "./campaign-state.ts";

const legal = {
  "draft announce": "announced",
  "draft discard": "discarded",
  "announced withdraw": "draft",
  "announced start": "running",
  "announced close": "closed",
  "running close": "closed",
} as const;

test.each(campaignStates.flatMap((from) => campaignMoves.map((move) => [from, move] as const)))(
  "a %s campaign answers %s as the table says",
  (from, move) => {
    const to = Object.entries(legal).find(([key]) => key === `${from} ${move}`)?.[1];
    expect(moved(from, move)).toEqual(to ? { ok: true, value: to } : { ok: false, error: "campaign_state" });
  },
);

test("people see a campaign from its announcement until it is closed", () => {
  expect(campaignStates.filter(isOpen)).toEqual(["announced", "running"]);
  expect(campaignStates.map(changeable)).toEqual(["written", "told", "told", "over"]);
});
