import { spawn } from "node:child_process";
import { once } from "node:events";
import { eq, sql } from "drizzle-orm";
import { expect, onTestFinished, test, vi } from "vitest";
import type { Db } from "#db/client.ts";
import { account as accounts } from "#db/schema/account.ts";
import { campaignPerson, campaign as campaigns } from "#db/schema/campaign.ts";
import { campaignLetter, campaignRun } from "#db/schema/campaign-run.ts";
import { days, hours, minutes } from "#lib/kernel/time.ts";
import { startRound } from "#lib/staff-register/invitations/run-round.ts";
import { sendInvitations } from "#lib/staff-register/invitations/send-invitations.ts";
import { addCampaign, type CampaignWanted } from "#lib/testing/campaign.ts";
import { addCampaignPeople } from "#lib/testing/campaign-people.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { asOperator } from "#lib/testing/staff-register.ts";
import { tellWaiting } from "../people/tell-ready.ts";
import { sendCampaignLetters } from "./send-campaign-letters.ts";

/** A world on Friday 20 November with a campaign whose one phase has its office. */
async function campaignIn(wanted: CampaignWanted = {}) {
  const world = await newWorld();
  const campaign = await addCampaign(world.ctx, { phases: [{ officeIds: [world.office.id] }], ...wanted });
  return { world, campaign };
}
const send = (world: World, pace = 60) => sendCampaignLetters(world.asSystem(), pace);
const written = async (world: World) =>
  (await world.mails()).filter(({ kind }) => kind.startsWith("campaign_")).map(({ accountId }) => accountId);
const runs = (world: World) => world.db.select().from(campaignRun).orderBy(campaignRun.startedAt, campaignRun.id);

test("a phase's people are invited at the pace that is given, each once, and the run ends by itself", async () => {
  const { world, campaign } = await campaignIn();
  const people = await addCampaignPeople(world, campaign, 5);
  expect([await send(world, 2), await send(world, 2)]).toEqual([2, 2]);
  expect(await runs(world)).toMatchObject([{ state: "running", sent: 4, lastAccountId: people[3]?.id }]);
  expect([await send(world, 2), await send(world, 2)]).toEqual([1, null]);
  expect(await runs(world)).toMatchObject([{ kind: "invitation", state: "done", sent: 5 }]);
  expect((await written(world)).toSorted()).toEqual(people.map(({ id }) => id));
  expect(await world.events("campaign_letters.started")).toMatchObject([{ data: { how: "schedule" } }]);
});

test("a minute's letters are spread over it", async () => {
  const { world, campaign } = await campaignIn();
  await addCampaignPeople(world, campaign, 3);
  await send(world, 3);
  const { rows } = await world.owner.query(
    "select extract(epoch from start_after - $1::timestamptz)::int as after from pgboss.job where name = 'letters' order by 1",
    [world.now()],
  );
  expect(rows.map(({ after }) => after)).toEqual([0, 20, 40]);
});

test("who is done, has left, may not activate yet or moves in another phase is not written to", async () => {
  const { world, campaign } = await campaignIn();
  await addCampaignPeople(world, campaign, 1, { state: "done", missing: [], heldUpBy: null });
  await addCampaignPeople(world, campaign, 1, { state: "left" });
  await addCampaignPeople(world, campaign, 1, { phaseId: null });
  await addCampaignPeople(world, campaign, 1, {
    account: { status: "pre_registered", opensAt: new Date("2027-01-01") },
  });
  expect(await send(world)).toBe(0);
  expect(await runs(world)).toMatchObject([{ state: "done", sent: 0, unreachable: 0, hadToday: 0 }]);
});

test("a mailbox that nothing reaches is passed over and counted; once it is another, its owner is invited", async () => {
  const { world, campaign } = await campaignIn();
  const [person] = await addCampaignPeople(world, campaign, 1);
  if (!person) throw new Error("nobody");
  await world.db.execute(sql`insert into undeliverable_mailbox (mailbox, why, is_final, since)
    values (${person.officialEmail}, 'no_such_mailbox', true, ${world.now()})`);
  expect(await send(world)).toBe(0);
  expect(await runs(world)).toMatchObject([{ state: "done", sent: 0, unreachable: 1 }]);
  expect(await world.db.select().from(campaignLetter)).toMatchObject([{ outcome: "unreachable" }]);

  const officialEmail = "baharu@contoh.example.gov.my";
  await world.db.update(accounts).set({ officialEmail }).where(eq(accounts.id, person.id));
  world.moveClock(days(3));
  expect(await send(world)).toBe(1);
  expect((await world.mails()).map(({ to }) => to)).toEqual([officialEmail]);
  expect((await runs(world)).at(-1)).toMatchObject({ occasion: "newcomers-2026-11-23", sent: 1 });
});

test("however many runs there are, nobody has two letters on one day", async () => {
  const { world, campaign } = await campaignIn();
  const people = await addCampaignPeople(world, campaign, 2);
  await send(world);
  world.moveClock(minutes(1));
  const other = await addCampaign(world.ctx, { phases: [{ officeIds: [world.office.id] }] });
  await world.db.insert(campaignPerson).values(
    people.map(({ id: accountId }) => ({
      campaignId: other.id,
      accountId,
      officeId: world.office.id,
      phaseId: other.phases[0]?.id ?? null,
      state: "not_begun" as const,
      missing: ["second_factor" as const],
      enteredAt: world.now(),
      checkedAt: world.now(),
    })),
  );
  await send(world);
  expect(await runs(world)).toMatchObject([
    { sent: 2, hadToday: 0 },
    { sent: 0, hadToday: 2 },
  ]);
  // The invitation is made up for on the next open day.
  world.moveClock(days(3));
  await send(world);
  expect(await written(world)).toHaveLength(4);
});

test("of two that send at once each writes to others", async () => {
  const { world, campaign } = await campaignIn();
  await addCampaignPeople(world, campaign, 12);
  await Promise.all(Array.from({ length: 4 }, () => send(world, 3)));
  const to = await written(world);
  expect(to).toHaveLength(12);
  expect(new Set(to).size).toBe(12);
});

test("on a quiet day nothing goes out, and an open run goes on with the next", async () => {
  const { world, campaign } = await campaignIn();
  await addCampaignPeople(world, campaign, 3);
  expect(await send(world, 2)).toBe(2);
  world.moveClock(days(1));
  expect(await send(world, 2)).toBeNull();
  world.moveClock(days(2));
  expect(await send(world, 2)).toBe(1);
});

test("a letter of the last minute before a quiet day is not left for that day", async () => {
  const { world, campaign } = await campaignIn();
  await addCampaignPeople(world, campaign, 3);
  world.moveClock((hours(8) + minutes(44) + 30_000) as ReturnType<typeof hours>);
  await send(world, 3);
  const { rows } = await world.owner.query<{ at: Date }>(
    "select max(start_after) as at from pgboss.job where name = 'letters'",
  );
  expect(rows[0]?.at.toISOString()).toBe("2026-11-20T15:59:59.000Z");
});

test("a reminder of the schedule goes to whoever has something left to do, with what they already have", async () => {
  const { world, campaign } = await campaignIn({ remindDaysBefore: [21] });
  const [person] = await addCampaignPeople(world, campaign, 1);
  await addCampaignPeople(world, campaign, 1, {
    missing: ["office_address", "ap_confirmation"],
    heldUpBy: "ap_confirmation",
  });
  await send(world);
  await world.db.update(campaignRun).set({ startedAt: new Date("2026-11-10T02:00:00Z") });
  await world.db.update(campaignLetter).set({ day: "2026-11-10" });
  // 24 November: 21 days before 15 December.
  world.moveClock(days(4));
  expect(await send(world)).toBe(1);
  const mails = (await world.mails()).filter(({ kind }) => kind === "campaign_reminder");
  expect(mails.map(({ accountId }) => accountId)).toEqual([person?.id]);
});

test("runs end with their phase, and with their campaign", async () => {
  const { world, campaign } = await campaignIn();
  await addCampaignPeople(world, campaign, 3);
  await send(world, 1);
  world.moveClock(days(40));
  expect(await send(world, 1)).toBeNull();
  expect(await runs(world)).toMatchObject([{ state: "stopped", sent: 1 }]);

  const closing = await addCampaign(world.ctx, {
    phases: [{ officeIds: [world.office.id], fromDay: "2026-12-01", untilDay: "2027-02-26" }],
  });
  await addCampaignPeople(world, closing, 3);
  await send(world, 1);
  await world.db.update(campaigns).set({ state: "closed" }).where(eq(campaigns.id, closing.id));
  expect(await send(world, 1)).toBeNull();
  expect((await runs(world)).map(({ state }) => state)).toEqual(["stopped", "stopped"]);
  expect(await world.events("campaign_letters.stopped")).toHaveLength(2);
});

test("a process killed in the middle of a piece is followed by another, and everybody is written to once", async () => {
  const { world, campaign } = await campaignIn();
  const people = await addCampaignPeople(world, campaign, 30);
  await send(world, 7);
  const held = await world.owner.connect();
  onTestFinished(() => held.release());
  // Whoever owes letters waits here, with a piece that is half written: whom it is to, and not yet the letters.
  await held.query("begin; lock table letter in exclusive mode");
  const child = spawn(process.execPath, [
    "lib/testing/send-campaign-letters.ts",
    world.appUrl,
    world.now().toISOString(),
    "7",
  ]);
  onTestFinished(() => void child.kill("SIGKILL"));
  await vi.waitFor(
    async () => {
      const waiting = sql`select from pg_locks where relation = 'letter'::regclass and not granted
        and database = (select oid from pg_database where datname = current_database())`;
      const { rows } = await world.db.execute(waiting);
      expect(rows).toHaveLength(1);
    },
    { timeout: 40_000, interval: 50 },
  );
  child.kill("SIGKILL");
  await once(child, "exit");
  await held.query("rollback");
  expect(await written(world)).toHaveLength(7);

  while ((await send(world, 7)) !== null);
  expect((await written(world)).toSorted()).toEqual(people.map(({ id }) => id).toSorted());
  expect(await runs(world)).toMatchObject([{ state: "done", sent: 30 }]);
}, 60_000);

test("a campaign's letters and a round of invitations share the pace by halves", async () => {
  const { world, campaign } = await campaignIn();
  await addCampaignPeople(world, campaign, 4);
  await addCampaignPeople(world, campaign, 4, { account: { status: "pre_registered" }, phaseId: null });
  await startRound(asOperator(world.ctx), { who: "never", officeId: null });
  expect(await send(world, 3)).toBe(1);
  expect(await sendInvitations(world.asSystem(), 3)).toBe(2);
  // It rests on a quiet day, and the invitations have all of it.
  world.moveClock(days(1));
  expect(await sendInvitations(world.asSystem(), 2)).toBe(2);
});

test("people who have moved together and wait to be told have a part of the pace as well", async () => {
  const { world, campaign } = await campaignIn();
  await addCampaignPeople(world, campaign, 6);
  await addCampaignPeople(world, campaign, 6, { state: "done", completedAt: world.now(), phaseId: null });
  expect(await send(world, 5)).toBe(3);
  // Without these the database looks for who is next once for each account, and takes others each time.
  await world.db.transaction(async (tx) => {
    for (const way of ["hashjoin", "mergejoin", "hashagg", "sort", "material"])
      await tx.execute(sql.raw(`set local enable_${way} = off`));
    expect(await tellWaiting({ ...world.asSystem(), db: tx as unknown as Db }, 5)).toBe(2);
  });
});
