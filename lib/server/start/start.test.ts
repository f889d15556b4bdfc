import { randomBytes } from "node:crypto";
import { afterEach, expect, onTestFinished, test } from "vitest";
import { demonstration } from "#db/schema/demonstration.ts";
import { keyPurposes } from "#lib/kernel/keyring.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { startPgBouncer, whyNoPgBouncer } from "#lib/testing/pgbouncer.ts";
import { tcpProxy, through } from "#lib/testing/tcp-proxy.ts";
import { settle } from "../config.ts";
import { portalIfOpen } from "../portal.ts";
import { runtime } from "../runtime.ts";
import { readConfig } from "./read-config.ts";
import { start } from "./start.ts";

const keys = () =>
  JSON.stringify(
    Object.fromEntries(
      keyPurposes.map((purpose) => [purpose, { current: "a", keys: { a: randomBytes(32).toString("base64url") } }]),
    ),
  );

const production = (databaseUrl: string, more: Record<string, string> = {}) =>
  settle(
    readConfig({
      DATABASE_URL: databaseUrl,
      ORIGIN: "https://kunci.contoh.example.gov.my",
      SMTP_URL: "smtp://127.0.0.1:9",
      KUNCI_KEYS: keys(),
      WORKER: "off",
      LOG_LEVEL: "silent",
      ...more,
    }),
  );

async function close(): Promise<void> {
  await runtime.stop?.();
  delete runtime.stop;
  for (const shared of ["kunciPortal", "kunciMetrics"]) delete (globalThis as Record<string, unknown>)[shared];
}
afterEach(close);

test("production opens on a database that is at this version", async () => {
  const { appUrl } = await newWorld();
  production(appUrl);
  await start();
  expect(portalIfOpen()?.config.mode).toBe("production");
});

test("with the owner's address alone it steps down to the role that cannot change the schema", async () => {
  const { ownerUrl } = await newWorld();
  production(ownerUrl);
  await start();
  const refused = await portalIfOpen()
    ?.db.execute("create table mine ()")
    .then(
      () => "done",
      (fault: { cause: Error }) => fault.cause.message,
    );
  expect(refused).toMatch(/permission denied/);
});

test("production is refused on a schema that is behind, and does not migrate it", async () => {
  const { appUrl, owner } = await newWorld();
  const { rows } = await owner.query(
    "delete from drizzle.__drizzle_migrations where created_at = (select max(created_at) from drizzle.__drizzle_migrations) returning *",
  );
  try {
    production(appUrl);
    await expect(start()).rejects.toMatchObject({ lines: [expect.stringContaining("schema is behind")] });
  } finally {
    await owner.query("insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)", [
      rows[0].hash,
      rows[0].created_at,
    ]);
  }
});

test("production is refused where demo people are in the database", async () => {
  const { appUrl, db } = await newWorld();
  await db.insert(demonstration).values({ mark: "demo", filledAt: new Date(0) });
  production(appUrl);
  await expect(start()).rejects.toMatchObject({ lines: [expect.stringContaining("demo people")] });
});

test("a database of a demonstration, under other keys, is refused with all of it at once and stays as it was", async () => {
  const { appUrl, ownerUrl, db, owner } = await newWorld();
  production(appUrl);
  await start();
  await close();
  await db.insert(demonstration).values({ mark: "demo", filledAt: new Date(0) });
  const { rows } = await owner.query(
    "delete from drizzle.__drizzle_migrations where created_at = (select max(created_at) from drizzle.__drizzle_migrations) returning *",
  );
  try {
    production(appUrl, { DATABASE_OWNER_URL: ownerUrl });
    await expect(start()).rejects.toMatchObject({
      lines: [
        expect.stringContaining("demo people"),
        ...keyPurposes.map((purpose) => expect.stringContaining(`The ${purpose} key "a" is not the one`)),
      ],
    });
    const after = await owner.query("select max(created_at) as last from drizzle.__drizzle_migrations");
    expect(Number(after.rows[0].last), "it was not migrated first").toBeLessThan(Number(rows[0].created_at));
  } finally {
    await owner.query("insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)", [
      rows[0].hash,
      rows[0].created_at,
    ]);
  }
});

test("a role that is neither the application's nor a member of it is refused by its name", async () => {
  const { appUrl, owner } = await newWorld();
  const role = `stranger_${randomBytes(6).toString("hex")}`;
  await owner.query(`create role ${role} login password 'stranger'`);
  try {
    const url = new URL(appUrl);
    [url.username, url.password] = [role, "stranger"];
    production(url.href);
    await expect(start()).rejects.toMatchObject({
      lines: [`DATABASE_URL connects as "${role}", which is neither kunci_app nor a member of it`],
    });
  } finally {
    await owner.query(`drop role ${role}`);
  }
});

test("a start with other keys than the database's is refused, naming each", async () => {
  const { appUrl } = await newWorld();
  production(appUrl);
  await start();
  await close();
  production(appUrl);
  await expect(start()).rejects.toMatchObject({
    lines: keyPurposes.map((purpose) => expect.stringContaining(`The ${purpose} key "a" is not the one`)),
  });
});

const connectionsOf = async (owner: { query: (text: string) => Promise<{ rows: { program: string }[] }> }) =>
  (
    await owner.query(
      "select application_name as program from pg_stat_activity where datname = current_database() and application_name <> ''",
    )
  ).rows.map(({ program }) => program);

test.each([
  ["off", []],
  ["on", ["kunci jobs", "kunci sign-outs"]],
])("an instance with WORKER=%s holds connections for the queues: %s", async (worker, kinds) => {
  const { appUrl, owner } = await newWorld();
  production(appUrl, { WORKER: worker });
  await start();
  const ofWork = async () => [
    ...new Set((await connectionsOf(owner)).filter((program) => /jobs|sign-outs/.test(program))),
  ];
  await expect.poll(async () => (await ofWork()).sort()).toEqual(kinds);
});

const whyNot = whyNoPgBouncer();
test.skipIf(whyNot !== null)(
  `production opens through a PgBouncer as kunci_app, listens to nothing there, and takes nobody else${whyNot ? ` (skipped: ${whyNot})` : ""}`,
  async () => {
    const { appUrl, ownerUrl, owner } = await newWorld();
    const bouncer = await startPgBouncer([appUrl, ownerUrl], { serverConnections: 4 });
    onTestFinished(bouncer.stop);
    const same = { KUNCI_KEYS: keys() };
    let said = "";
    const wire = await tcpProxy(Number(new URL(bouncer.url(appUrl)).port), (piece) => {
      said += piece.toString("latin1");
    });
    onTestFinished(wire.stop);
    production(through(wire, appUrl), { ...same, WORKER: "on" });
    await start();
    await expect.poll(() => said).toMatch(/pgboss/);
    expect(said).not.toMatch(/\blisten "/i);
    expect(await connectionsOf(owner)).not.toContain("kunci sign-outs");
    await close();
    production(bouncer.url(ownerUrl));
    await expect(start()).rejects.toMatchObject({
      lines: [expect.stringContaining("Through a pooler it must connect as kunci_app itself")],
    });
    production(appUrl, { ...same, DATABASE_OWNER_URL: bouncer.url(ownerUrl) });
    await expect(start()).rejects.toMatchObject({
      lines: [expect.stringContaining("DATABASE_OWNER_URL must lead to PostgreSQL itself")],
    });
  },
);

test.each([
  ["postgres://kunci_app:secret@127.0.0.1:9/kunci", "ECONNREFUSED"],
  ["wrong password", "password authentication failed"],
])("a database out of reach is told in plain words, without its password: %s", async (url, words) => {
  const { appUrl } = await newWorld();
  const wrong = new URL(appUrl);
  wrong.password = "secret";
  production(URL.canParse(url) ? url : wrong.href);
  await expect(start()).rejects.toMatchObject({ lines: [expect.stringContaining(words)] });
  await expect(start()).rejects.not.toThrow("secret");
});
