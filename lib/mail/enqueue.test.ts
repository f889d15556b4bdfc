import { expect, test } from "vitest";
import { drainMail, issueLink } from "#lib/testing/mail.ts";
import { newWorld, type World, type WorldAccount } from "#lib/testing/new-world.ts";
import { enqueue, enqueueAll } from "./enqueue.ts";
import type { Letter } from "./letters.ts";

const activated = (world: World, owner: WorldAccount): Letter => ({
  kind: "account_activated",
  accountId: owner.id,
  to: owner.officialEmail,
  about: { from: "Chrome pada Windows", at: world.now().toISOString() },
});

const jobs = async (world: World) =>
  (await world.owner.query<{ id: string; data: unknown }>("select id, data from pgboss.job where name = 'letters'"))
    .rows;

test("a rolled-back transaction owes nothing", async () => {
  const world = await newWorld();
  const owner = await world.account();

  const broken = world.db.transaction(async (tx) => {
    await enqueue(tx, world.ctx, activated(world, owner));
    throw new Error("the change was refused");
  });

  await expect(broken).rejects.toThrow("the change was refused");
  expect(await drainMail(world.asSystem())).toEqual([]);
  expect(await jobs(world)).toEqual([]);
});

test("a committed letter has one job, which names it and says nothing else", async () => {
  const world = await newWorld();
  const owner = await world.account();

  await world.db.transaction((tx) => enqueue(tx, world.ctx, activated(world, owner)));

  const [owed] = await world.mails();
  expect(await jobs(world)).toEqual([{ id: owed?.id, data: { letterId: owed?.id } }]);
});

test("neither link nor code lies in the queue or with the letter", async () => {
  const world = await newWorld();
  const owner = await world.account({ status: "registered" });
  const link = await issueLink(world.ctx, owner.id);

  expect(await world.mails()).toMatchObject([{ about: { linkId: link?.id }, state: "queued", attempts: 0 }]);
});

test("more transactions than the pool has connections can owe letters at once", async () => {
  const world = await newWorld();
  const owner = await world.account();

  await Promise.all(
    Array.from({ length: 40 }, () => world.db.transaction((tx) => enqueue(tx, world.ctx, activated(world, owner)))),
  );

  expect(await world.mails()).toHaveLength(40);
  expect(await jobs(world)).toHaveLength(40);
});

test("many letters at once have a job each, and none before its time", async () => {
  const world = await newWorld();
  const owner = await world.account();
  const notBefore = new Date("2026-11-20T08:00:00.000Z");
  const owed = [activated(world, owner), { ...activated(world, owner), notBefore }];

  await world.db.transaction((tx) => enqueueAll(tx, world.ctx, owed));

  const ids = (await world.mails()).map(({ id }) => ({ letterId: id }));
  const { rows } = await world.owner.query<{ data: unknown; waits: boolean }>(
    "select data, start_after = $1 as waits from pgboss.job where name = 'letters'",
    [notBefore],
  );
  expect(rows.map(({ data }) => data)).toEqual(expect.arrayContaining(ids));
  expect(rows.map(({ waits }) => waits).toSorted()).toEqual([false, true]);
  await expect(world.db.transaction((tx) => enqueueAll(tx, world.ctx, []))).resolves.toBeUndefined();
});
