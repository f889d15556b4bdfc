import { sendCampaignLetters } from "#lib/campaign/letters/send-campaign-letters.ts";
import { days } from "#lib/kernel/time.ts";
import { addCampaign } from "../campaign.ts";
import { addCampaignPeople } from "../campaign-people.ts";
import type { Stage } from "./stage.ts";

async function invited({ world }: Stage) {
  const campaign = await addCampaign(world.ctx, {
    phases: [{ officeIds: [world.office.id], untilDay: "2026-11-25" }],
    remindDaysBefore: [2],
  });
  const [person] = await addCampaignPeople(world, campaign, 1);
  if (!person) throw new Error("Nobody was added");
  await sendCampaignLetters(world.asSystem(), 60);
  // That letters began to go out is on nobody's account.
  return { id: null, reader: person };
}

/** What a campaign writes to its people, as its letters come about. */
export const runScenes = {
  campaign_invitation: invited,
  campaign_reminder: async (stage: Stage) => {
    const reader = await invited(stage);
    stage.world.moveClock(days(3));
    await sendCampaignLetters(stage.world.asSystem(), 60);
    return reader;
  },
};
