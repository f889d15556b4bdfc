import { eq } from "drizzle-orm";
import { onsiteSession } from "#db/schema/onsite.ts";
import { verifyPresence } from "#lib/campaign/onsite/counter/verify-presence.ts";
import { giveUpPlace, releasePlace } from "#lib/campaign/onsite/places/give-up-place.ts";
import { invitePeople } from "#lib/campaign/onsite/places/invite-people.ts";
import { signUp } from "#lib/campaign/onsite/places/sign-up.ts";
import { addCampaign } from "../campaign.ts";
import { addCampaignPerson, addOnsitePlace, addOnsiteSession } from "../onsite.ts";
import { done, type Stage } from "./stage.ts";

/** A session for the owner's office with one place, and an SA who made it. */
async function withSession({ world, owner }: Stage) {
  const campaign = await addCampaign(world.ctx);
  const of = { campaignId: campaign.id, officeId: world.office.id };
  await addCampaignPerson(world.ctx, owner, of);
  const sa = await world.officer("sa");
  const session = await addOnsiteSession(world.ctx, sa.account, {
    campaignId: campaign.id,
    officeIds: [world.office.id],
    capacity: 1,
  });
  const other = await world.account();
  await addCampaignPerson(world.ctx, other, of);
  return { sa, session, other };
}

/** What becomes of somebody's place in a session in person, as the letters on it come about. */
export const onsiteScenes = {
  onsite_place: async (stage: Stage) => {
    const { session } = await withSession(stage);
    await done(signUp(stage.ctx, session.id));
  },
  onsite_invited: async (stage: Stage) => {
    const { sa, session } = await withSession(stage);
    await done(invitePeople(sa.ctx, session.id, [stage.owner.id]));
  },
  onsite_waiting: async (stage: Stage) => {
    const { session, other } = await withSession(stage);
    await addOnsitePlace(stage.world.ctx, other, session.id, "booked");
    await done(signUp(stage.ctx, session.id));
  },
  onsite_moved_up: async (stage: Stage) => {
    const { session, other } = await withSession(stage);
    await addOnsitePlace(stage.world.ctx, other, session.id, "booked");
    await done(signUp(stage.ctx, session.id));
    await done(giveUpPlace(await stage.world.as(other), session.id));
  },
  onsite_released: async (stage: Stage) => {
    const { sa, session } = await withSession(stage);
    const { placeId } = await done(signUp(stage.ctx, session.id));
    await done(releasePlace(sa.ctx, placeId));
  },
  onsite_opened: async (stage: Stage) => {
    const { world } = stage;
    const { sa, session } = await withSession(stage);
    await world.db.update(onsiteSession).set({ startsAt: world.now() }).where(eq(onsiteSession.id, session.id));
    const never = await world.account({ status: "pre_registered" });
    await addOnsitePlace(world.ctx, never, session.id, "attended", { checkedInAt: world.now() });
    await done(verifyPresence(sa.ctx, session.id, never.id, "mykad"));
    return { id: never.id };
  },
};
