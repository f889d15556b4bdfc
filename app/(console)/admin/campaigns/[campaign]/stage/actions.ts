"use server";
import { notFound, redirect } from "next/navigation";
import { campaignMoves } from "#lib/campaign/definition/campaign-state.ts";
import {
  announceCampaign,
  closeCampaign,
  discardCampaign,
  isLack,
  startCampaign,
  withdrawCampaign,
} from "#lib/campaign/definition/move-campaign.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { isOfWhoAsks, refusedAt } from "../../../../refused.ts";
import { readVersion } from "../../../read-version.ts";
import { idIn, partPath } from "../../definition/definition-parts.ts";
import { CAMPAIGNS_PATH } from "../../paths.ts";

const deeds = {
  announce: { deed: announceCampaign, done: "announced" },
  withdraw: { deed: withdrawCampaign, done: "withdrawn" },
  start: { deed: startCampaign, done: "started" },
  close: { deed: closeCampaign, done: "closed" },
  discard: { deed: discardCampaign, done: "discarded" },
} as const;

/** Moves a campaign on as the button that was pressed says. What stands in the way, the page says as it is now. */
export async function moveCampaign(form: FormData): Promise<void> {
  const campaignId = idIn(form, "campaign");
  const move = campaignMoves.find((each) => each === form.get("move")) ?? notFound();
  const path = partPath(campaignId, "stage");
  const { ctx } = await requireOfficer(path, "admin.change");
  const { deed, done } = deeds[move];
  const outcome = await deed(ctx, { campaignId, version: readVersion(form) });
  if (outcome.ok) redirect(move === "discard" ? CAMPAIGNS_PATH : `${path}?done=${done}`);
  if (isOfWhoAsks(outcome.error)) return refusedAt(outcome.error, path);
  // What it lacks the page lists as it is now, with the way to each.
  redirect(isLack(outcome.error) ? path : `${path}?refused=${outcome.error}`);
}
