import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { connect } from "#db/client.ts";
import { before, days, hours } from "#lib/kernel/time.ts";
import { joinKeys } from "#lib/server/keys/join-keys.ts";
import { readConfig } from "#lib/server/start/read-config.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { startPgBouncer, whyNoPgBouncer } from "#lib/testing/pgbouncer.ts";
import { smtpSink } from "#lib/testing/smtp-sink.ts";
import { tlsServer } from "#lib/testing/tls-server.ts";
import { examineReached } from "./doctor.ts";
import { certificateFindings } from "./look-around.ts";
import { lookAtPostgres, lookAtWayIn } from "./look-at-postgres.ts";

/** The database as its owner has changed it for the while: nobody else sees it, and nothing of it stays. */
async function changed(world: World, ...statements: string[]) {
  const db = connect(world.ownerUrl, { max: 1 });
  onTestFinished(() => db.$client.end());
  await db.execute("begin");
  for (const statement of statements) await db.execute(statement);
  const found = await lookAtPostgres(db);
  await db.execute("rollback");
  return found.filter(({ state }) => state !== "ok");
}

async function deployment(env: Record<string, string> = {}) {
  const world = await newWorld();
  await joinKeys(world.db, world.ctx.keys, { id: "one", startedAt: new Date(), works: true }, new Date());
  await world.owner.query("update pgboss.version set cron_on = now()");
  const dataDir = await mkdtemp(path.join(os.tmpdir(), "kunci-doctor-"));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const keys = Object.fromEntries(
    Object.entries(world.ctx.keys).map(([purpose, set]) => [
      purpose,
      {
        ...set,
        keys: Object.fromEntries(Object.entries(set.keys).map(([id, key]) => [id, key.toString("base64url")])),
      },
    ]),
  );
  const config = readConfig(
    { KUNCI_MODE: "demo", KUNCI_DATA_DIR: dataDir, KUNCI_KEYS: JSON.stringify(keys), ...env },
    "operator",
  );
  const reached = { config, databaseUrl: world.appUrl, ownerUrl: world.ownerUrl, release: async () => undefined };
  const owner = connect(world.ownerUrl, { max: 4 });
  onTestFinished(() => owner.$client.end());
  return { world, owner, reached };
}

const notWell = async ({ reached, owner }: Awaited<ReturnType<typeof deployment>>) =>
  (await examineReached(reached, owner))
    .filter(({ state }) => state !== "ok")
    .map(({ check, state }) => [check, state]);

test("a deployment that is well gets no advice that anything has to be done", async () => {
  expect(await notWell(await deployment())).toEqual([]);
});

test("the configuration of a production that would not start is named, a line each", async () => {
  const deployed = await deployment({ KUNCI_MODE: "production", ORIGIN: "http://127.0.0.1:9" });
  const found = await examineReached(deployed.reached, deployed.owner);
  expect(found.filter(({ check }) => check === "configuration")).toMatchObject([
    { state: "fail", advice: expect.stringContaining("DATABASE_URL") },
    { state: "fail", advice: expect.stringContaining("https://") },
    { state: "fail", advice: expect.stringContaining("SMTP_URL") },
  ]);
});

test("where the database is away, that is said with the code, and what cannot be looked at is left out", async () => {
  const { reached } = await deployment();
  const gone = connect("postgres://kunci_app:nobody@127.0.0.1:9/kunci");
  onTestFinished(() => gone.$client.end());
  const found = await examineReached(reached, gone);
  expect(found.filter(({ state }) => state !== "ok")).toEqual([
    { check: "database", state: "fail", advice: expect.stringContaining("(ECONNREFUSED)") },
  ]);
  expect(found.map(({ check }) => check)).not.toContain("keys");
});

test("a way in that leads nowhere, or belongs to somebody else, is named", async () => {
  const { world } = await deployment();
  const nobody = world.appUrl.replace(/\/\/[^@]+@/, "//stranger:x@");
  expect(await lookAtWayIn(nobody)).toMatchObject([
    { state: "fail", advice: expect.stringContaining("leads nowhere") },
  ]);
  expect(await lookAtWayIn(world.appUrl)).toMatchObject([{ check: "way in", state: "ok" }]);
});

const why = whyNoPgBouncer();
test.skipIf(why !== null)(
  `a pooler that the portal gets along with is well, as whom it does not take is not${why ? ` (skipped: ${why})` : ""}`,
  async () => {
    const { world } = await deployment();
    const bouncer = await startPgBouncer([world.appUrl, world.ownerUrl], { serverConnections: 2 });
    onTestFinished(bouncer.stop);
    expect(await lookAtWayIn(bouncer.url(world.appUrl))).toMatchObject([
      { check: "way in", state: "ok", advice: expect.stringContaining("through a pooler") },
    ]);
    expect(await lookAtWayIn(bouncer.url(world.ownerUrl))).toMatchObject([
      { check: "way in", state: "fail", advice: expect.stringContaining("must be kunci_app") },
    ]);
  },
);

test.each([
  ["extensions", "drop extension pg_trgm cascade"],
  ["rights", "grant update on audit_event to kunci_app"],
  ["rights", "grant delete on audit_seal to kunci_app"],
  ["rights", "alter role kunci_app createrole"],
  ["release", "insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 9999999999999)"],
])("%s: found after %s", async (check, statement) => {
  const { world } = await deployment();
  expect((await changed(world, statement)).map((found) => found.check)).toEqual([check]);
});

test("keys that are not those of the database, and a missing one, are named by purpose", async () => {
  const { world, owner, reached } = await deployment();
  await world.owner.query("update key_check set digest = 'another' where purpose = 'sealing'");
  expect(await notWell({ world, owner, reached })).toEqual([["keys", "fail"]]);
  const none = { ...reached, config: { ...reached.config, keysJson: null } };
  const [found] = (await examineReached(none, owner)).filter(({ check }) => check === "keys");
  expect(found).toMatchObject({ state: "fail", advice: expect.stringContaining("keys.json is missing") });
});

test("a mail server that is away is named with what it said", async () => {
  const sink = await smtpSink({ down: true });
  const deployed = await deployment({ SMTP_URL: sink.url });
  expect(await notWell(deployed)).toEqual([["mail", "fail"]]);
  await sink.start();
  onTestFinished(sink.stop);
  expect(await notWell(deployed)).toEqual([]);
});

test("nobody at work on the queues warns, and is no fault of those who serve", async () => {
  const deployed = await deployment();
  await deployed.world.owner.query("update pgboss.version set cron_on = now() - interval '5 minutes'");
  await deployed.world.owner.query("update pgboss.queue set monitor_on = null");
  expect(await notWell(deployed)).toEqual([["worker", "warn"]]);
});

test("a folder of bounces that is none is named", async () => {
  const deployed = await deployment({ BOUNCE_MAILDIR: path.join(os.tmpdir(), "kunci-no-such-maildir") });
  expect(await notWell(deployed)).toEqual([["bounces", "fail"]]);
});

test("a certificate is looked at where browsers see it: who it is for, who made it, and when it ends", async () => {
  const server = await tlsServer();
  onTestFinished(async () => void (await server.stop()));
  const origin = `https://localhost:${server.port}`;
  const at = async (now: Date, where = origin) => (await certificateFindings(where, now))[0];
  const early = before(server.endsAt, days(22));
  expect(await at(early)).toMatchObject({ state: "warn", advice: expect.stringContaining("does not trust") });
  const soon = before(server.endsAt, days(20.5));
  expect(await at(soon)).toMatchObject({ state: "warn", advice: expect.stringContaining("in 20 days") });
  expect(await at(server.endsAt)).toMatchObject({ state: "fail", advice: expect.stringContaining("renew it now") });
  expect(await at(early, `https://127.0.0.1:${server.port}`)).toMatchObject({
    state: "fail",
    advice: expect.stringContaining("another host's"),
  });
  expect(await at(early, "https://localhost:9")).toMatchObject({
    state: "warn",
    advice: expect.stringContaining("ECONNREFUSED"),
  });
  expect(await certificateFindings("http://localhost:3000", early)).toEqual([]);
});

test("a key that half the instances were never given is told of, with who they are; a spent one may be taken away", async () => {
  const { world, reached, owner } = await deployment();
  const now = new Date();
  await world.owner.query(
    `insert into key_check (purpose, key_id, digest, first_seen_at) values ('link', 'k2', 'x', $1)`,
    [before(now, hours(1))],
  );
  await world.owner.query(
    `insert into key_check (purpose, key_id, digest, first_seen_at, writes_since, writes_until, spent_at) values ('link', 'k0', 'x', $1, $1, $1, $1)`,
    [before(now, days(40))],
  );
  const of = (holds: object) => [now, now, JSON.stringify(holds)];
  const insertion = `insert into instance (id, started_at, seen_at, works, holds, asks, writes) values ('$ID', $1, $2, true, $3, '{}', '{}')`;
  await world.owner.query(insertion.replace("$ID", "has-it"), of({ link: ["test", "k2"] }));
  await world.owner.query(insertion.replace("$ID", "has-not"), of({ link: ["test"] }));
  const found = (await examineReached(reached, owner)).filter(({ check }) => check === "keys replaced");
  expect(found).toMatchObject([
    { state: "ok", advice: expect.stringContaining("kunci keys remove link k0") },
    { state: "warn", advice: expect.stringContaining("these instances do not hold it: one, has-not.") },
  ]);
});
