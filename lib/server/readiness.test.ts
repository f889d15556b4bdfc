import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { connect } from "#db/client.ts";
import type { Keyring } from "#lib/kernel/keyring.ts";
import { minutes } from "#lib/kernel/time.ts";
import { enqueue } from "#lib/mail/enqueue.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { type Check, checks } from "./health/checks.ts";
import { joinKeys } from "./keys/join-keys.ts";
import { createReadiness, failingChecks, findFailing, type Looked } from "./readiness.ts";

async function opened() {
  const world = await newWorld();
  await joinKeys(world.db, world.ctx.keys, { id: "one", startedAt: new Date(), works: true }, new Date());
  await world.owner.query("update pgboss.version set cron_on = now()");
  const portal: Looked = { db: world.db, keys: world.ctx.keys };
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

  test("names the database where it takes no writes, as one that a failover left behind", async () => {
    const { world, portal } = await opened();
    const standby = connect(world.appUrl, { max: 1 });
    onTestFinished(() => standby.$client.end());
    await standby.execute("set default_transaction_read_only = on");
    expect(await findFailing({ ...portal, db: standby })).toMatchObject([
      { check: "database", seen: expect.stringContaining("read-only") },
    ]);
  });

  test("warns where nobody works on the queues, and says since when", async () => {
    const { world, portal } = await opened();
    await world.owner.query("update pgboss.version set cron_on = now() - interval '10 minutes'");
    await world.owner.query("update pgboss.queue set monitor_on = null");
    expect(await findFailing(portal)).toEqual([{ check: "worker", seen: "the last one did 10 min ago" }]);
    await world.owner.query("update pgboss.version set cron_on = null");
    expect(await findFailing(portal)).toEqual([{ check: "worker", seen: "nobody ever has" }]);
  });

  test.each([90, -90])("names the clock of a machine that is %i seconds off", async (off) => {
    const { portal } = await opened();
    const now = Date.now;
    vi.spyOn(Date, "now").mockImplementation(() => now() + off * 1_000);
    expect(await findFailing(portal)).toEqual([
      // To a second: the answer takes its time.
      { check: "clock", seen: expect.stringMatching(`^the database is (89|90|91) s ${off > 0 ? "behind" : "ahead"}$`) },
    ]);
  });

  test.skipIf(process.platform !== "linux")("warns where the disk of the data folder is full", async () => {
    const { portal } = await opened();
    // Of the system's own: nothing is ever free there.
    expect(await failingChecks({ ...portal, config: { dataDir: "/proc" } })).toEqual(["disk"]);
  });

  test("a mail server that is away, a queue that waits, nobody at work and a full disk take no instance out", async () => {
    expect((Object.keys(checks) as Check[]).filter((check) => !checks[check].blocks)).toEqual([
      "queue",
      "mail",
      "worker",
      "disk",
    ]);
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
  ) as unknown as Keyring;
}

test("what was found is looked for again a second later where the machine's clock was set back", async () => {
  const looks = vi.fn(async () => [] as Check[]);
  const failing = createReadiness(looks);
  const machine = Date.now;
  await failing();
  vi.spyOn(Date, "now").mockImplementation(() => machine() - minutes(2));
  await vi.waitFor(
    async () => {
      await failing();
      expect(looks).toHaveBeenCalledTimes(2);
    },
    { timeout: 15_000, interval: 50 },
  );
});
