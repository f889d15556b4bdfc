import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import { connect } from "#db/client.ts";
import { minutes } from "#lib/kernel/time.ts";
import { enqueue } from "#lib/mail/enqueue.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import type { Portal } from "./portal.ts";
import { type Check, createReadiness, failingChecks } from "./readiness.ts";
import { checkKeys } from "./start/check-keys.ts";

async function opened() {
  const world = await newWorld();
  await checkKeys(world.db, world.ctx.keys, new Date());
  const portal = { db: world.db, keys: world.ctx.keys } as Portal;
  return { world, portal };
}

describe("readiness", () => {
  test("is given where database, schema, keys, queue and clock are fine", async () => {
    const { portal } = await opened();
    expect(await failingChecks(portal)).toEqual([]);
  });

  test("is not given before the portal has started", async () => {
    expect(await failingChecks(undefined)).toEqual(["started"]);
  });

  test("names the database where nothing answers at its address", async () => {
    const { portal } = await opened();
    const gone = connect("postgres://kunci_app:nobody@127.0.0.1:9/kunci");
    expect(await failingChecks({ ...portal, db: gone })).toEqual(["database"]);
    await gone.$client.end();
  });

  test("names the keys where they are not those the database was written with", async () => {
    const { portal } = await opened();
    const others = await newWorldKeys();
    expect(await failingChecks({ ...portal, keys: others })).toEqual(["keys"]);
  });

  test("names the queue once a letter has waited for a quarter of an hour", async () => {
    const { world, portal } = await opened();
    const someone = await world.account();
    const owe = (ago: number) =>
      world.db.transaction((tx) =>
        enqueue(
          tx,
          { ...world.ctx, now: () => new Date(Date.now() - ago) },
          {
            kind: "account_activated",
            accountId: someone.id,
            to: someone.officialEmail,
            about: { from: "Chrome", at: new Date(0).toISOString() },
          },
        ),
      );
    await owe(minutes(14));
    expect(await failingChecks(portal)).toEqual([]);
    await owe(minutes(16));
    expect(await failingChecks(portal)).toEqual(["queue"]);
  });

  test("names the schema where a migration is missing", async () => {
    const { world, portal } = await opened();
    await world.owner.query("alter table drizzle.__drizzle_migrations rename to hidden");
    try {
      expect(await failingChecks(portal)).toEqual(["schema"]);
    } finally {
      await world.owner.query("alter table drizzle.hidden rename to __drizzle_migrations");
    }
  });
});

test("readiness asked by many is looked into once, and again a second later", async () => {
  let now = 0;
  const looks: PromiseWithResolvers<Check[]>[] = [];
  const failing = createReadiness(
    () => {
      const look = Promise.withResolvers<Check[]>();
      looks.push(look);
      return look.promise;
    },
    () => now,
  );
  const server = createServer(async (_, res) => void res.end(JSON.stringify(await failing()))).listen(0, "127.0.0.1");
  await once(server, "listening");
  const ask = () => fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`).then((res) => res.json());
  try {
    const first = [ask(), ask(), ask()];
    await expect.poll(() => looks.length).toBe(1);
    now = 5_000;
    const late = ask();
    looks[0]?.resolve(["queue"]);
    expect(await Promise.all([...first, late])).toEqual([["queue"], ["queue"], ["queue"], ["queue"]]);
    now = 5_999;
    expect(await ask()).toEqual(["queue"]);
    expect(looks).toHaveLength(1);
    now = 6_000;
    const again = ask();
    await expect.poll(() => looks.length).toBe(2);
    looks[1]?.resolve([]);
    expect(await again).toEqual([]);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

async function newWorldKeys() {
  const { randomBytes } = await import("node:crypto");
  const { keyPurposes } = await import("#lib/kernel/keyring.ts");
  return Object.fromEntries(
    keyPurposes.map((purpose) => [purpose, { current: "test", keys: { test: randomBytes(32) } }]),
  ) as unknown as Portal["keys"];
}
