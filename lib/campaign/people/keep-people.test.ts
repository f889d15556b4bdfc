import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { account as accounts } from "#db/schema/account.ts";
import { campaign, campaignDay, campaignPerson, campaignTrail } from "#db/schema/campaign.ts";
import { moveRequest } from "#db/schema/move-request.ts";
import { office } from "#db/schema/office.ts";
import { accountIctRole, ictRole } from "#db/schema/profile.ts";
import { relyingPartyRoleGrant } from "#db/schema/relying-party.ts";
import { record } from "#lib/audit/record.ts";
import { days, hours, minutes } from "#lib/kernel/time.ts";
import { addCampaign, type CampaignWanted } from "#lib/testing/campaign.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { addRelyingParty, addRelyingPartyRole } from "#lib/testing/relying-party.ts";
import { addTotp } from "#lib/testing/totp.ts";
import { followTrail } from "./follow-trail.ts";
import { keepEverybody, keepPeople } from "./keep-people.ts";
import { lookAtEverybody } from "./look-at-everybody.ts";
import { tellWaiting } from "./tell-ready.ts";

async function moving(howMany = 1, wanted: CampaignWanted = {}) {
  const world = await newWorld();
  const { roles } = await addRelyingParty(world.ctx, { roles: ["pelulus"] });
  const [role] = roles;
  if (!role) throw new Error("There is no role");
  const phases = [{ officeIds: [world.office.id] }];
  const made = await addCampaign(world.ctx, { phases, roleIds: [role.id], requirements: ["mobile"], ...wanted });
  const people = await Promise.all(Array.from({ length: howMany }, () => world.account()));
  for (const person of people) await addRelyingPartyRole(world.ctx, person, role);
  const rows = () => world.db.select().from(campaignPerson).orderBy(campaignPerson.accountId);
  const followed = () => followTrail(world.asSystem());
  return { world, role, people, person: people[0] as (typeof people)[number], campaign: made, rows, followed };
}

test("everybody is looked at piece by piece, each once, whatever the size of a piece", async () => {
  const { world, rows, people } = await moving(7);
  expect(await lookAtEverybody(world.asSystem(), 3)).toEqual({ looked: 7, changed: 7 });
  expect((await rows()).map(({ accountId }) => accountId)).toEqual(people.map(({ id }) => id).toSorted());
  expect(await lookAtEverybody(world.asSystem(), 7)).toEqual({ looked: 7, changed: 0 });
});

test("a role that runs out by itself is found by looking at everybody, and one that is gone", async () => {
  const { world, role, rows } = await moving(0);
  const [person, other] = [await world.account(), await world.account()];
  await addRelyingPartyRole(world.ctx, person, role, { untilAt: new Date("2026-11-21T00:00:00Z") });
  const { id } = await addRelyingPartyRole(world.ctx, other, role);
  await lookAtEverybody(world.asSystem());
  expect((await rows()).map(({ state }) => state)).toEqual(["not_begun", "not_begun"]);
  world.moveClock(days(1));
  await world.db.delete(relyingPartyRoleGrant).where(eq(relyingPartyRoleGrant.id, id));
  await lookAtEverybody(world.asSystem());
  expect((await rows()).map(({ state }) => state)).toEqual(["left", "left"]);
});

test("whoever is meant by their work, or was confirmed, is looked at as well", async () => {
  const given = await (await newWorld()).db.select().from(ictRole).limit(1);
  const ictRoleIds = given.map(({ id }) => id);
  const { world, campaign: made, rows } = await moving(0, { ictRoleIds });
  const [worker, confirmed] = [await world.account(), await world.account()];
  for (const roleId of ictRoleIds)
    await world.db.insert(accountIctRole).values({ accountId: worker.id, roleId, heldSince: world.now() });
  await world.db.insert(moveRequest).values({
    id: randomUUID(),
    campaignId: made.id,
    accountId: confirmed.id,
    kind: "enrolment",
    requestedBy: worker.id,
    reasonSealed: "-",
    requestedAt: world.now(),
    state: "confirmed",
  });
  await lookAtEverybody(world.asSystem());
  expect((await rows()).map(({ accountId }) => accountId)).toEqual([worker.id, confirmed.id].toSorted());
});

test("the trail says who is to be looked at again: nobody else is", async () => {
  const { world, person, rows, followed } = await moving(2);
  await followed();
  const before = await rows();
  expect(before).toMatchObject([{ state: "not_begun" }, { state: "not_begun" }]);
  // A fact without an event: only its own look would find it.
  await world.db.update(accounts).set({ mobileSealed: "sealed" });
  world.moveClock(minutes(1));
  expect(await followed()).toMatchObject({ looked: 0, changed: 0 });
  await world.db.transaction((tx) =>
    record(tx, world.ctx, { type: "profile.changed", accountId: person.id, field: "mobile" }),
  );
  expect(await followed()).toEqual({ looked: 1, changed: 1 });
  expect((await rows()).filter(({ state }) => state === "done")).toMatchObject([{ accountId: person.id }]);
});

test("coming and going is no reason to look", async () => {
  const { world, person, followed } = await moving();
  await followed();
  await world.db.transaction((tx) =>
    record(tx, world.ctx, {
      type: "sign_in.refused",
      accountId: person.id,
      factor: "password",
      reason: "wrong_password",
    }),
  );
  expect(await followed()).toEqual({ looked: 0, changed: 0 });
});

test("somebody whose account is being changed just then is looked at the next time", async () => {
  const { world, person, rows, followed } = await moving(2);
  await followed();
  await world.db.update(accounts).set({ mobileSealed: "sealed" });
  await world.db.transaction((tx) =>
    record(tx, world.ctx, { type: "profile.changed", accountId: person.id, field: "mobile" }),
  );
  await world.db.transaction(async (tx) => {
    await tx.select().from(accounts).where(eq(accounts.id, person.id)).for("update");
    expect(await followed()).toEqual({ looked: 1, changed: 0 });
  });
  expect(await followed()).toEqual({ looked: 1, changed: 1 });
  expect((await rows()).filter(({ state }) => state === "done")).toMatchObject([{ accountId: person.id }]);
});

test("an office's new address is found though it is on nobody's account", async () => {
  const { world, rows, followed } = await moving(1, { requirements: ["office_address"] });
  await followed();
  await world.db.update(office).set({ address: "Aras 3" });
  const setting = { accountId: null, subject: world.office.id, before: null, after: null } as const;
  await world.db.transaction((tx) =>
    record(tx, world.ctx, { type: "setting.changed", setting: "office.changed", ...setting }),
  );
  expect(await followed()).toEqual({ looked: 1, changed: 1 });
  expect(await rows()).toMatchObject([{ state: "done" }]);
});

test("where no campaign is open nothing is done; one that is announced is looked at from the beginning", async () => {
  const { world, campaign: made, rows, followed } = await moving(2, { state: "draft" });
  expect(await followed()).toBeNull();
  expect(await keepEverybody(world.asSystem())).toBeNull();
  expect(await world.db.select().from(campaignTrail)).toEqual([]);
  await world.db.update(campaign).set({ state: "announced", announcedAt: world.now() });
  expect(await followed()).toEqual({ looked: 2, changed: 2 });
  const [after] = await world.db.select().from(campaign).where(eq(campaign.id, made.id));
  expect(after?.peopleLookedAt).toEqual(world.now());
  expect(await rows()).toHaveLength(2);
});

test("a day keeps how it stood, office by office, and today how it stands", async () => {
  const { world, person } = await moving(3);
  const trend = () => world.db.select().from(campaignDay).orderBy(campaignDay.day, campaignDay.done);
  await keepEverybody(world.asSystem());
  expect(await trend()).toMatchObject([{ day: "2026-11-20", notBegun: 3, underWay: 0, done: 0 }]);
  await world.db.update(accounts).set({ mobileSealed: "sealed" }).where(eq(accounts.id, person.id));
  await keepEverybody(world.asSystem());
  expect(await trend()).toMatchObject([{ day: "2026-11-20", notBegun: 2, done: 1 }]);
  // Past midnight in Kuala Lumpur, not by UTC.
  world.moveClock(hours(9));
  await keepEverybody(world.asSystem());
  const other = await world.anotherOffice();
  await world.db.update(accounts).set({ officeId: other.id });
  await keepEverybody(world.asSystem());
  expect(await trend()).toMatchObject([
    { day: "2026-11-20", officeId: world.office.id, notBegun: 2, done: 1 },
    { day: "2026-11-21", officeId: other.id, notBegun: 2, done: 1 },
  ]);
});

test("of many who moved together a few are told at once, the others at the provider's pace, each once", async () => {
  const { world, people } = await moving(12, { requirements: ["second_factor"] });
  for (const { id } of people) await addTotp(world.ctx, id);
  const letters = async () => (await world.mails()).filter(({ kind }) => kind === "roaming_ready");
  await lookAtEverybody(world.asSystem());
  expect(await letters()).toHaveLength(5);
  const told = await Promise.all([tellWaiting(world.asSystem(), 4), tellWaiting(world.asSystem(), 4)]);
  expect(told.reduce((sum, n) => sum + n, 0)).toBe(7);
  expect(await keepPeople(world.asSystem(), 4)).toBeNull();
  expect(new Set((await letters()).map(({ accountId }) => accountId)).size).toBe(12);
  expect(await letters()).toHaveLength(12);
  const { rows } = await world.db.execute<{ later: number }>(
    sql`select count(*)::int as later from pgboss.job where name = 'letters' and start_after > ${world.now()}::timestamptz`,
  );
  expect(rows[0]?.later).toBeGreaterThan(4);
});

test("a campaign begins by itself on its first day, and whoever was ready has moved then", async () => {
  const {
    world,
    people,
    rows,
    campaign: made,
  } = await moving(1, {
    state: "announced",
    startedAt: null,
    requirements: ["second_factor"],
  });
  await world.owner.query("update campaign_phase set from_day = '2026-11-21'");
  for (const { id } of people) await addTotp(world.ctx, id);
  expect(await keepPeople(world.asSystem(), 60)).toEqual({ begun: 0, changed: 1, told: 0 });
  expect(await rows()).toMatchObject([{ state: "done", completedAt: null }]);
  world.moveClock(hours(9));
  expect(await keepPeople(world.asSystem(), 60)).toEqual({ begun: 1, changed: 1, told: 0 });
  expect(await rows()).toMatchObject([{ state: "done", completedAt: world.now() }]);
  const [after] = await world.db.select().from(campaign).where(eq(campaign.id, made.id));
  expect(after).toMatchObject({ state: "running", startedAt: world.now() });
});
