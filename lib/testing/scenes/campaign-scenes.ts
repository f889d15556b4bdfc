import { lookAgain } from "#lib/campaign/people/look-again.ts";
import { addCampaign } from "../campaign.ts";
import { addRelyingParty, addRelyingPartyRole } from "../relying-party.ts";
import { addTotp } from "../totp.ts";
import type { Stage } from "./stage.ts";

/** The owner's office moves, and the last thing that was left for them is there. */
export async function completeMove({ world, owner }: Stage): Promise<void> {
  const { roles } = await addRelyingParty(world.ctx, { roles: ["pelulus"] });
  for (const role of roles) await addRelyingPartyRole(world.ctx, owner, role);
  await addCampaign(world.ctx, { phases: [{ officeIds: [world.office.id] }], roleIds: roles.map(({ id }) => id) });
  await addTotp(world.ctx, owner.id);
  await world.db.transaction((tx) => lookAgain(tx, world.asSystem(), [owner.id]));
}
