import { randomBytes } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import { demonstration } from "#db/schema/demonstration.ts";
import { keyPurposes } from "#lib/kernel/keyring.ts";
import { newWorld } from "#lib/testing/new-world.ts";
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
  delete (globalThis as { kunciPortal?: unknown }).kunciPortal;
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
