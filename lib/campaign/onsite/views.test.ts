import { beforeEach, expect, test } from "vitest";
import type { campaignPerson } from "#db/schema/campaign.ts";
import { undeliverableMailbox } from "#db/schema/helpdesk.ts";
import type { onsiteSession } from "#db/schema/onsite.ts";
import { minutes } from "#lib/kernel/time.ts";
import type { Officer } from "#lib/office/roles/rights.ts";
import { addCampaign } from "#lib/testing/campaign.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { addCampaignPerson, addOnsitePlace, addOnsiteSession } from "#lib/testing/onsite.ts";
import { countInvitable, listInvitable } from "./list-invitable.ts";
import { listPlaces } from "./list-places.ts";
import { ownSession } from "./own-sessions.ts";
import { INVITED_AT_ONCE } from "./places/invite-people.ts";

let world: World;
let officer: Officer;
let session: typeof onsiteSession.$inferSelect;
let other: { id: string };
beforeEach(async () => {
  world = await newWorld();
  other = await world.anotherOffice();
  const sa = await world.officer("sa");
  const grants = [{ role: "sa", officeId: world.office.id }];
  officer = { accountId: sa.account.id, sessionId: sa.ctx.actor.sessionId, grants } as unknown as Officer;
  const { id: campaignId } = await addCampaign(world.ctx);
  const officeIds = [world.office.id, other.id];
  session = await addOnsiteSession(world.ctx, sa.account, { campaignId, officeIds });
});

const ids = () => ({ campaignId: session.campaignId, sessionId: session.id });
async function person(wanted: Partial<typeof campaignPerson.$inferInsert> = {}, officeId: string = world.office.id) {
  const account = await world.account({ officeId });
  await addCampaignPerson(world.ctx, account, { campaignId: session.campaignId, officeId, ...wanted });
  return account;
}

test("the list of a session has the officer's own people alone, with places first, then who waits in their order", async () => {
  const [asked, waits, comes, gone, away] = await Promise.all(Array.from({ length: 5 }, () => world.account()));
  if (!asked || !waits || !comes || !gone || !away) throw new Error("Nobody");
  await world.db.execute(`update account set office_id = '${other.id}' where id = '${away.id}'`);
  await addOnsitePlace(world.ctx, asked, session.id, "invited");
  await addOnsitePlace(world.ctx, waits, session.id, "waiting");
  world.moveClock(minutes(1));
  const later = await world.account();
  await addOnsitePlace(world.ctx, later, session.id, "waiting");
  await addOnsitePlace(world.ctx, comes, session.id, "booked");
  await addOnsitePlace(world.ctx, gone, session.id, "given_up");
  await addOnsitePlace(world.ctx, away, session.id, "booked");
  const list = await listPlaces(world.ctx, officer, session.id);
  expect(list.map(({ accountId, state }) => [accountId, state])).toEqual([
    [comes.id, "booked"],
    [waits.id, "waiting"],
    [later.id, "waiting"],
    [asked.id, "invited"],
  ]);
  expect(list[0]?.identity, "numbers are masked").toMatch(/^\d{6}-••-••••$/);
});

test("those whose letters come back are told apart on the list", async () => {
  const comes = await world.account({ status: "pre_registered" });
  await addOnsitePlace(world.ctx, comes, session.id, "booked");
  const mailbox = { mailbox: comes.officialEmail, why: "no_such_mailbox", isFinal: true, since: world.now() } as const;
  await world.db.insert(undeliverableMailbox).values(mailbox);
  expect(await listPlaces(world.ctx, officer, session.id)).toMatchObject([{ bounced: true, activated: false }]);
});

test("whom to invite is who is not done, of the officer's offices, and not on the list; by what holds them up", async () => {
  const bounced = await person({ heldUpBy: "letter_bounced" });
  const factor = await person();
  await person({ state: "done", heldUpBy: null });
  await person({}, other.id);
  const listed = await person();
  await addOnsitePlace(world.ctx, listed, session.id, "invited");
  const moved = await person();
  await world.db.execute(`update account set office_id = '${other.id}' where id = '${moved.id}'`);
  const all = await listInvitable(world.ctx, officer, ids(), { heldUpBy: null, after: null });
  expect(all.people.map(({ accountId }) => accountId).toSorted()).toEqual([bounced.id, factor.id].toSorted());
  const some = await listInvitable(world.ctx, officer, ids(), { heldUpBy: "letter_bounced", after: null });
  expect(some).toMatchObject({ people: [{ accountId: bounced.id, heldUpBy: "letter_bounced" }], next: null });
  expect(
    (await countInvitable(world.ctx, officer, ids())).toSorted((a, b) => a.heldUpBy.localeCompare(b.heldUpBy)),
  ).toEqual([
    { heldUpBy: "letter_bounced", people: 1 },
    { heldUpBy: "second_factor", people: 1 },
  ]);
});

test("whom to invite is read by pages, nobody twice and nobody left out", async () => {
  const many = await Promise.all(Array.from({ length: INVITED_AT_ONCE + 3 }, () => person()));
  const first = await listInvitable(world.ctx, officer, ids(), { heldUpBy: null, after: null });
  const rest = await listInvitable(world.ctx, officer, ids(), { heldUpBy: null, after: first.next });
  expect([first.people.length, rest.people.length, rest.next]).toEqual([INVITED_AT_ONCE, 3, null]);
  const read = [...first.people, ...rest.people].map(({ accountId }) => accountId);
  expect(read.toSorted()).toEqual(many.map(({ id }) => id).toSorted());
});

test("a calendar file is of one's own place, and of nobody else's", async () => {
  const [owner, stranger] = [await world.account(), await world.account()];
  await addOnsitePlace(world.ctx, owner, session.id, "booked");
  expect(await ownSession(world.ctx, owner.id, session.id)).toMatchObject({ own: "booked", since: world.now() });
  expect(await ownSession(world.ctx, stranger.id, session.id)).toBeNull();
  expect(await ownSession(world.ctx, owner.id, "x")).toBeNull();
});
