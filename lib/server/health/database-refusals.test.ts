import { sql } from "drizzle-orm";
import { afterEach, expect, onTestFinished, test } from "vitest";
import { connect } from "#db/client.ts";
import { minutes, seconds } from "#lib/kernel/time.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { tcpProxy, through } from "#lib/testing/tcp-proxy.ts";
import { failingChecks } from "../readiness.ts";
import { metFullDisk, metNoDatabase, noteRefusal } from "./database-refusals.ts";

afterEach(() => {
  Object.assign((globalThis as { kunciRefusals?: object }).kunciRefusals ?? {}, {
    fullDisk: undefined,
    away: undefined,
  });
});

test("a database whose disk is full shows by what it refused, wherever it was asked, for two minutes", async () => {
  const world = await newWorld();
  const db = connect(world.appUrl, { max: 1, refused: noteRefusal });
  onTestFinished(() => db.$client.end());
  const refuse = (code: string) =>
    expect(
      db.transaction((tx) =>
        tx.execute(sql.raw(`do $$ begin raise exception 'no room' using errcode = '${code}'; end $$`)),
      ),
    ).rejects.toMatchObject({ cause: { code } });

  await refuse("23505");
  expect(metFullDisk()).toBe(false);
  await refuse("53100");
  expect(metFullDisk()).toBe(true);
  expect(await failingChecks({ db, keys: null })).toContain("disk");
  expect(metFullDisk(performance.now() + minutes(2))).toBe(false);
});

test("a database that is not reached, or no longer, shows for two seconds, whoever asked for what", async () => {
  const world = await newWorld();
  const wire = await tcpProxy(Number(new URL(world.appUrl).port));
  const db = connect(through(wire, world.appUrl), { max: 1, refused: noteRefusal });
  onTestFinished(async () => {
    await db.$client.end();
    await wire.stop();
  });
  const forgotten = () => {
    expect(metNoDatabase(performance.now() + seconds(2))).toBe(false);
    noteRefusal("57P01", -seconds(2));
    expect(metNoDatabase()).toBe(false);
  };
  await db.execute(sql`select 1`);
  forgotten();

  const cutOff = expect(db.execute(sql`select pg_sleep(60)`)).rejects.toThrow();
  await expect.poll(() => db.$client.idleCount).toBe(0);
  wire.cut();
  await cutOff;
  expect(metNoDatabase()).toBe(true);
  forgotten();

  await wire.stop();
  await expect(db.execute(sql`select 1`)).rejects.toThrow();
  expect(metNoDatabase()).toBe(true);
  forgotten();
  await expect(db.transaction((tx) => tx.execute(sql`select 1`))).rejects.toThrow();
  expect(metNoDatabase()).toBe(true);
});

test("a connection that PostgreSQL ends since nobody uses it is no absence", async () => {
  const world = await newWorld();
  const refused: string[] = [];
  const db = connect(world.appUrl, { max: 1, refused: (sqlstate) => void refused.push(sqlstate) });
  onTestFinished(() => db.$client.end());
  await db.execute(sql`set idle_session_timeout = 50`);
  await expect.poll(() => db.$client.totalCount).toBe(0);
  expect(new Set(refused)).toEqual(new Set(["57P05"]));
});

test.each(["08006", "53300", "57P01", "57P03", "25006"])("PostgreSQL that says %s takes nothing now", (code) => {
  noteRefusal(code);
  expect(metNoDatabase()).toBe(true);
});

test.each(["23505", "40001", "53100", "57014", "57P05", "42P01"])(
  "what PostgreSQL refuses with %s is no absence",
  (code) => {
    noteRefusal(code);
    expect(metNoDatabase()).toBe(false);
  },
);
