import { sql } from "drizzle-orm";
import { expect, onTestFinished, test } from "vitest";
import { newWorld } from "#lib/testing/new-world.ts";
import { tcpProxy, through } from "#lib/testing/tcp-proxy.ts";
import { connect, isSqlstate } from "./client.ts";

/** A pool of three connections over a wire of the test's own, all of them open. */
async function overWire() {
  const world = await newWorld();
  const wire = await tcpProxy(Number(new URL(world.appUrl).port));
  const db = connect(through(wire, world.appUrl), { max: 3 });
  onTestFinished(async () => {
    await Promise.race([db.$client.end(), wire.stop()]);
    await wire.stop();
  });
  const all = () => holdAll(db);
  await all();
  return { wire, db, all };
}

/** As many transactions at once as there are connections: none ends before all of them have begun. */
async function holdAll(db: ReturnType<typeof connect>, howMany = 3): Promise<void> {
  let begun = 0;
  const together = Promise.withResolvers<void>();
  await Promise.all(
    Array.from({ length: howMany }, () =>
      db.transaction(async (tx) => {
        await tx.execute(sql`select 1`);
        begun += 1;
        if (begun === howMany) together.resolve();
        await together.promise;
      }),
    ),
  );
}

const outcomes = (attempts: Promise<unknown>[]) =>
  Promise.all(attempts.map((attempt) => attempt.then(() => "done").catch(() => "failed")));

test("transactions whose connection is cut as they begin go on with another one, and the pool stays whole", async () => {
  const { wire, db, all } = await overWire();
  wire.fallSilent();
  const begun = outcomes([1, 2, 3].map(() => db.transaction((tx) => tx.execute(sql`select 1`))));
  await expect.poll(() => db.$client.idleCount).toBe(0);
  wire.cut();
  wire.speakAgain();
  expect(await begun).toEqual(["done", "done", "done"]);
  await all();
  expect(db.$client.totalCount).toBe(3);
});

test("connections cut while a transaction is open or while nobody uses them are replaced at the next use", async () => {
  const { wire, db, all } = await overWire();
  const inside = Promise.withResolvers<void>();
  const open = outcomes([
    db.transaction(async (tx) => {
      await tx.execute(sql`select 1`);
      inside.resolve();
      await tx.execute(sql`select pg_sleep(60)`);
    }),
  ]);
  await inside.promise;
  wire.cut();
  expect(await open).toEqual(["failed"]);
  await all();
});

test("what a transaction has begun is not done again on another connection", async () => {
  const { db, all } = await overWire();
  let begun = 0;
  const ended = db.transaction(async (tx) => {
    begun += 1;
    await tx.execute(sql`select pg_terminate_backend(pg_backend_pid())`);
  });
  await expect(ended).rejects.toThrow();
  expect(begun).toBe(1);
  await all();
});

test("a refusal within a transaction leaves its connection in the pool", async () => {
  const { db } = await overWire();
  const pid = async () => (await db.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`)).rows[0]?.pid;
  const before = new Set([await pid()]);
  await expect(
    db.transaction(async (tx) => {
      await tx.execute(sql`select 1`);
      throw new Error("not so");
    }),
  ).rejects.toThrow("not so");
  await expect(db.transaction((tx) => tx.execute(sql`select 1/0`))).rejects.toMatchObject({ cause: { code: "22012" } });
  expect(db.$client.totalCount).toBe(3);
  expect(before.has(await pid())).toBe(true);
});

test("a code of PostgreSQL's is told from one of Node's, though some have five characters too", () => {
  expect(["23505", "57P01", "P0001", "HV00A"].every(isSqlstate)).toBe(true);
  expect(["EPIPE", "ECONNREFUSED", "", undefined, 23_505].some(isSqlstate)).toBe(false);
});
