import { notFound } from "next/navigation";
import { type Changeable, changeable } from "#lib/campaign/definition/campaign-state.ts";
import { type CampaignDefinition, findCampaign } from "#lib/campaign/definition/find-campaign.ts";
import { type AdminView, viewAdmin } from "../../view-admin.ts";

/** `mayChange`: whoever looks may, whatever the campaign's state. `may`: what its state lets change. */
export type DefinitionView = AdminView & { campaign: CampaignDefinition; may: Changeable };

/** A campaign for whoever may look at its definition; "no such page" for everybody else and every other id. */
export async function viewDefinition(id: string, path: string): Promise<DefinitionView> {
  const view = await viewAdmin(path);
  const campaign = (await findCampaign(view.ctx, id)) ?? notFound();
  return { ...view, campaign, may: changeable(campaign.state) };
}
