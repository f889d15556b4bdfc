import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { account as accounts } from "#db/schema/account.ts";
import { campaignPerson } from "#db/schema/campaign.ts";
import { moveRequest } from "#db/schema/move-request.ts";
import { lookAgain } from "#lib/campaign/people/look-again.ts";
import { addCampaign, type CampaignWanted } from "./campaign.ts";
import { newWorld, type World } from "./new-world.ts";
import { addRelyingParty, addRelyingPartyRole } from "./relying-party.ts";

/** A portal with a campaign for whoever holds a role, of the world's office in one phase. */
export async function moving(wanted: CampaignWanted = {}) {
  const world = await newWorld();
  const { roles } = await addRelyingParty(world.ctx, { roles: ["pelulus", "penyedia"] });
  const [role, other] = roles;
  if (!role || !other) throw new Error("There are no roles");
  const made = await addCampaign(world.ctx, {
    phases: [{ officeIds: [world.office.id] }],
    roleIds: [role.id],
    ...wanted,
  });
  const look = (...people: { id: string }[]) =>
    world.db.transaction((tx) =>
      lookAgain(
        tx,
        world.asSystem(),
        people.map(({ id }) => id),
      ),
    );
  const seen = async (whose: { id: string }, campaignId = made.id) => {
    const [row] = await world.db
      .select()
      .from(campaignPerson)
      .where(and(eq(campaignPerson.accountId, whose.id), eq(campaignPerson.campaignId, campaignId)));
    return row ?? null;
  };
  /** Looked at, and as it was then found. */
  const found = async (whose: { id: string }) => {
    await look(whose);
    return seen(whose);
  };
  const holder = async (account: Parameters<World["account"]>[0] = {}) => {
    const person = await world.account(account);
    await addRelyingPartyRole(world.ctx, person, role);
    return person;
  };
  const request = (whose: { id: string }, state: "open" | "confirmed" | "refused") =>
    world.db.insert(moveRequest).values({
      id: randomUUID(),
      campaignId: made.id,
      accountId: whose.id,
      kind: "enrolment",
      requestedBy: whose.id,
      reasonSealed: "-",
      requestedAt: world.now(),
      state,
    });
  const change = (whose: { id: string }, to: Partial<typeof accounts.$inferInsert>) =>
    world.db.update(accounts).set(to).where(eq(accounts.id, whose.id));
  return { world, role, other, campaign: made, look, seen, found, holder, request, change };
}
