import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { account as accounts } from "#db/schema/account.ts";
import { campaign, campaignPerson } from "#db/schema/campaign.ts";
import { hardwareToken } from "#db/schema/hardware-token.ts";
import { moveRequest } from "#db/schema/move-request.ts";
import { addCampaign, type CampaignWanted } from "#lib/testing/campaign.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { addRelyingParty, addRelyingPartyRole } from "#lib/testing/relying-party.ts";
import { addTotp } from "#lib/testing/totp.ts";
import { checklistOf, standingOf, timeOf } from "./checklist.ts";
import { countWhom } from "./count-whom.ts";
import { findMoves, type Move } from "./find-moves.ts";
import { keptMoves } from "./kept-moves.ts";

async function moving(wanted: CampaignWanted = {}) {
  const world = await newWorld();
  const { roles } = await addRelyingParty(world.ctx, { roles: ["pelulus"] });
  const [role] = roles;
  if (!role) throw new Error("There is no role");
  const phases = [{ officeIds: [world.office.id] }];
  const made = await addCampaign(world.ctx, { phases, roleIds: [role.id], ...wanted });
  const person = await world.account();
  await addRelyingPartyRole(world.ctx, person, role);
  const ctx = await world.as(person);
  const one = async () => (await findMoves(ctx, person.id))[0] as Move;
  return { world, role, campaign: made, person, ctx, one };
}

/** What is open, and whom it waits for. */
const left = (move: Move) =>
  checklistOf(move).items.flatMap(({ key, done, waitsFor }) => (done ? [] : [waitsFor ? `${key}: ${waitsFor}` : key]));

test("somebody whom no campaign is for has no move, and nothing is kept of them", async () => {
  const { world } = await moving();
  const other = await world.account();
  expect(await findMoves(await world.as(other), other.id)).toEqual([]);
  expect(await world.db.select().from(campaignPerson)).toEqual([]);
});

test("whoever looks sees how they stand now, and so does their office from then on", async () => {
  const { world, person, one } = await moving();
  expect(await one()).toMatchObject({ state: "under_way", missing: ["second_factor"], phase: { number: 1 } });
  await addTotp(world.ctx, person.id);
  expect(await one()).toMatchObject({ state: "done", completedAt: world.now() });
  expect(await world.db.select().from(campaignPerson)).toMatchObject([{ state: "done", completedAt: world.now() }]);
});

test("an officer sees it as it was last found, and by looking changes nothing", async () => {
  const { world, person, one } = await moving();
  expect(await keptMoves(world.ctx, person.id)).toEqual([]);
  await one();
  await addTotp(world.ctx, person.id);
  expect(await keptMoves(world.ctx, person.id)).toMatchObject([
    { state: "under_way", missing: ["second_factor"], phase: 1 },
  ]);
  await world.db.update(campaignPerson).set({ state: "left" });
  expect(await keptMoves(world.ctx, person.id)).toEqual([]);
});

test("looking changes nothing but that", async () => {
  const { world, one } = await moving();
  await one();
  const before = await world.db.select().from(campaignPerson);
  const events = await world.events();
  await one();
  expect(await world.db.select().from(campaignPerson)).toEqual(before);
  expect(await world.events()).toEqual(events);
});

test("what ends first stands first, and what is done last", async () => {
  const { world, role, ctx, person, campaign: first } = await moving();
  const office = [world.office.id];
  const [sooner, done] = [
    await addCampaign(world.ctx, { roleIds: [role.id], phases: [{ untilDay: "2026-11-30", officeIds: office }] }),
    await addCampaign(world.ctx, {
      roleIds: [role.id],
      requirements: [],
      phases: [{ untilDay: "2026-11-25", officeIds: office }],
    }),
  ];
  const moves = await findMoves(ctx, person.id);
  expect(moves.map(({ campaignId }) => campaignId)).toEqual([sooner.id, first.id, done.id]);
});

test("a checklist leads to where each is done, and says of the rest whom it waits for", async () => {
  const {
    world,
    campaign: made,
    person,
    one,
  } = await moving({
    requirements: ["ap_confirmation", "second_factor", "office_address", "mobile", "official_email"],
  });
  expect(left(await one())).toEqual(["mobile", "office_address: office", "second_factor", "ap_confirmation: sa"]);
  expect(checklistOf(await one()).items.map(({ path }) => path)).toEqual([
    "/settings/profile/email/official",
    "/settings/profile/mobile",
    null,
    "/settings/passkeys",
    null,
  ]);
  await world.db.insert(moveRequest).values({
    id: randomUUID(),
    campaignId: made.id,
    accountId: person.id,
    kind: "enrolment",
    requestedBy: person.id,
    reasonSealed: "-",
    requestedAt: world.now(),
  });
  expect(left(await one())).toContain("ap_confirmation: ap");
  expect(standingOf(await one())).toBe("to_do");
  await addTotp(world.ctx, person.id);
  await world.db.update(accounts).set({ mobileSealed: "sealed" }).where(eq(accounts.id, person.id));
  expect(standingOf(await one())).toBe("waiting");
  expect(await one()).toMatchObject({ heldUpBy: "office_address" });
});

test("a token is in use until the move is complete, then to be handed back, and done once it is back", async () => {
  const { world, person, one } = await moving();
  await world.db.insert(hardwareToken).values({
    id: randomUUID(),
    serial: "A1",
    medium: "usb_token",
    holderId: person.id,
    state: "issued",
    stateSince: world.now(),
    createdAt: world.now(),
  });
  expect(left(await one())).toEqual(["second_factor", "tokens: rest"]);
  await world.db.update(campaign).set({ state: "announced" });
  await addTotp(world.ctx, person.id);
  expect([standingOf(await one()), left(await one())]).toEqual(["ready", ["tokens: rest"]]);
  await world.db.update(campaign).set({ state: "running" });
  expect([standingOf(await one()), left(await one())]).toEqual(["hand_back", ["tokens"]]);
  expect(await world.db.select().from(hardwareToken)).toMatchObject([{ state: "retired" }]);
  await world.db.update(hardwareToken).set({ state: "returned" });
  const back = await one();
  expect([standingOf(back), checklistOf(back)]).toMatchObject(["moved", { done: 3, of: 3 }]);
  await world.db.update(hardwareToken).set({ state: "lost" });
  expect(checklistOf(await one()), "what is lost cannot be handed back").toMatchObject({ done: 2, of: 2 });
});

test("a phase goes on until its last day is over", () => {
  const phase = { number: 1, fromDay: "2026-11-01", untilDay: "2026-12-15" };
  const days = ["2026-10-31", "2026-11-01", "2026-12-15", "2026-12-16"];
  expect(days.map((day) => timeOf(phase, day))).toEqual(["coming", "on", "on", "over"]);
  expect(timeOf(null, "2026-12-16")).toBe("none");
});

test("before it is announced it is known how many it will be for, office by office", async () => {
  const { world, role, campaign: made } = await moving({ state: "draft" });
  const other = await world.anotherOffice();
  for (const status of ["pre_registered", "suspended"] as const)
    await addRelyingPartyRole(world.ctx, await world.account({ status, officeId: other.id }), role);
  expect(await countWhom(world.db, world.ctx, made.id)).toEqual([
    { officeId: world.office.id, code: "0101", name: "Ibu Pejabat", phaseId: made.phases[0]?.id, people: 1 },
    { officeId: other.id, code: "0102", name: "Cawangan Utara", phaseId: null, people: 1 },
  ]);
});
