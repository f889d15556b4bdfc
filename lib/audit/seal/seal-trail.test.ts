import pg from "pg";
import { expect, onTestFinished, test, vi } from "vitest";
import { auditEvent, auditSeal } from "#db/schema/audit.ts";
import { minutes, seconds } from "#lib/kernel/time.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { record, recordAll } from "../record.ts";
import { sealTrail } from "./seal-trail.ts";
import { verifyTrail } from "./verify-trail.ts";

const happened = (world: World, howMany = 1) =>
  world.db.transaction((tx) =>
    recordAll(
      tx,
      world.ctx,
      Array.from({ length: howMany }, () => ({ type: "two_factors.switched", accountId: null, on: true }) as const),
    ),
  );
const seals = (world: World) => world.db.select().from(auditSeal).orderBy(auditSeal.number);

test("what happened is sealed once it has lain for five minutes, and not twice", async () => {
  const world = await newWorld();
  await happened(world, 3);
  expect(await sealTrail(world.ctx)).toBeNull();
  world.moveClock(minutes(5));
  expect(await sealTrail(world.ctx)).toEqual({ sealed: 3 });
  expect(await sealTrail(world.ctx)).toBeNull();
  expect(await seals(world)).toMatchObject([{ number: 1, rowCount: 3, keyId: "test", sealedAt: world.now() }]);
});

test("behind a seal that somebody made up nothing is sealed, and the sealer says so each time", async () => {
  const world = await newWorld();
  await happened(world);
  world.moveClock(minutes(5));
  await sealTrail(world.ctx);
  const [sealed] = await seals(world);
  await world.db.insert(auditSeal).values({ ...sealed, number: 2, lastId: 1_000_000 } as typeof auditSeal.$inferInsert);
  await happened(world);
  await expect(sealTrail(world.ctx)).rejects.toThrow("seal 2 was not made by this portal");
});

test("a thousand events are sealed at once, a seal each thousand", async () => {
  const world = await newWorld();
  await happened(world, 999);
  expect(await sealTrail(world.ctx)).toBeNull();
  await happened(world, 1_502);
  expect(await sealTrail(world.ctx)).toEqual({ sealed: 2_501 });
  expect((await seals(world)).map(({ rowCount }) => rowCount)).toEqual([1_000, 1_000, 501]);
  expect(await verifyTrail(world.ctx)).toMatchObject({ broken: null, seals: 3, events: 2_501 });
});

test("of eight sealers at once, each event gets one seal", async () => {
  const world = await newWorld();
  await happened(world, 40);
  world.moveClock(minutes(5));
  const done = await Promise.all(Array.from({ length: 8 }, () => sealTrail(world.ctx)));
  expect(done.reduce((sum, each) => sum + (each?.sealed ?? 0), 0)).toBe(40);
  expect(await seals(world)).toHaveLength(1);
  expect((await verifyTrail(world.ctx)).broken).toBeNull();
});

test("an event whose transaction is still open when a later one is there already is waited for", async () => {
  const world = await newWorld();
  const slow = new pg.Client({ connectionString: world.appUrl });
  await slow.connect();
  onTestFinished(() => slow.end());
  await slow.query("begin");
  await slow.query(
    "insert into audit_event (at, type, outcome, actor_kind, data) values ($1, 'account.lapsed', 'success', 'system', '{}')",
    [world.now()],
  );
  await happened(world);
  world.moveClock(minutes(5));

  const sealing = sealTrail(world.ctx);
  const watching = vi.waitFor(
    async () => {
      const { rows } = await world.owner.query(
        "select from pg_stat_activity where datname = current_database() and query like '%pg_locks%' and pid <> pg_backend_pid()",
      );
      expect(rows.length).toBeGreaterThan(0);
    },
    { timeout: 15_000, interval: 10 },
  );
  await watching;
  expect(await seals(world)).toHaveLength(0);
  await slow.query("commit");
  expect(await sealing).toEqual({ sealed: 2 });
  expect((await verifyTrail(world.ctx)).broken).toBeNull();
});

test("numbers that were drawn and given back are no gap", async () => {
  const world = await newWorld();
  await happened(world);
  await expect(
    world.db.transaction(async (tx) => {
      await record(tx, world.ctx, { type: "account.lapsed", accountId: null });
      throw new Error("not after all");
    }),
  ).rejects.toThrow("not after all");
  await happened(world);
  world.moveClock(minutes(5));
  expect(await sealTrail(world.ctx)).toEqual({ sealed: 2 });
  expect(await verifyTrail(world.ctx)).toMatchObject({ broken: null, events: 2 });
});

test("the application may add seals, and neither change nor remove any", async () => {
  const world = await newWorld();
  await happened(world);
  world.moveClock(minutes(5));
  await sealTrail(world.ctx);
  const denied = { cause: { code: "42501" } };
  await expect(world.db.update(auditSeal).set({ signature: "-" })).rejects.toMatchObject(denied);
  await expect(world.db.delete(auditSeal)).rejects.toMatchObject(denied);
  await expect(world.db.execute("truncate audit_seal")).rejects.toMatchObject(denied);
  await expect(world.db.update(auditEvent).set({ outcome: "refused" })).rejects.toMatchObject(denied);
  await expect(world.db.delete(auditEvent)).rejects.toMatchObject(denied);
  await expect(world.owner.query("delete from audit_seal"), "nor its owner, by accident").rejects.toMatchObject({
    code: "42501",
  });
});

test("what is not sealed yet is counted, and nothing is said of it", async () => {
  const world = await newWorld();
  expect(await verifyTrail(world.ctx)).toEqual({
    broken: null,
    seals: 0,
    events: 0,
    unsealed: { events: 0, oldest: null },
  });
  const oldest = world.now();
  await happened(world);
  world.moveClock(seconds(10));
  await happened(world);
  expect(await verifyTrail(world.ctx)).toMatchObject({ broken: null, unsealed: { events: 2, oldest } });
});
