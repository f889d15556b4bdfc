import { eq } from "drizzle-orm";
import { account as accounts } from "#db/schema/account.ts";
import { askForMove } from "#lib/campaign/requests/ask-for-move.ts";
import { decideMove } from "#lib/campaign/requests/decide-move.ts";
import { findRequests } from "#lib/campaign/requests/list-requests.ts";
import { tellDeciders } from "#lib/campaign/requests/tell-deciders.ts";
import { grantsOf } from "#lib/office/roles/rights-now.ts";
import { addCampaign } from "../campaign.ts";
import type { SignedIn, World } from "../new-world.ts";
import { anyReason } from "../officer.ts";
import { done, type Stage } from "./stage.ts";

/** What an officer reads before they decide on a request. */
export async function readRequest(world: World, by: SignedIn, campaignId: string, requestId: string) {
  const { accountId, sessionId } = by.actor;
  const officer = { accountId, sessionId, grants: await grantsOf(world.db, world.ctx, accountId) };
  const [read] = await findRequests(by, officer, campaignId, [requestId]);
  if (!read) throw new Error(`There is no request ${requestId} for this officer`);
  return read;
}

/** An SA has put the stage's owner forward for the move; an AP may decide. */
async function putForward({ world, owner }: Stage) {
  await world.db.update(accounts).set({ staffConfirmedAt: world.now() }).where(eq(accounts.id, owner.id));
  const { id: campaignId } = await addCampaign(world.ctx);
  const [sa, ap] = [await world.officer("sa"), await world.officer("ap")];
  const wanted = { campaignId, accountId: owner.id, kind: "enrolment", roleId: null, reason: anyReason } as const;
  const { requestId } = await done(askForMove(sa.ctx, wanted));
  const { seen } = await readRequest(world, ap.ctx, campaignId, requestId);
  return { campaignId, sa, ap, requestId, seen };
}

/** What one officer prepares and another confirms, as the letters on it come about. */
export const moveScenes = {
  move_confirmed: async (stage: Stage) => {
    const { ap, requestId, seen } = await putForward(stage);
    await done(decideMove(ap.ctx, requestId, { confirm: true, seen }));
  },
  requests_refused: async (stage: Stage) => {
    const { sa, ap, requestId, seen } = await putForward(stage);
    await done(decideMove(ap.ctx, requestId, { confirm: false, reason: anyReason, seen }));
    return { id: stage.owner.id, reader: sa.account };
  },
  requests_wait: async (stage: Stage) => {
    const { campaignId, sa, ap } = await putForward(stage);
    await done(tellDeciders(sa.ctx, campaignId));
    return { id: null, reader: ap.account };
  },
};
