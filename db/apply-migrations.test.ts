import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { newWorld } from "#lib/testing/new-world.ts";
import { applyMigrations, TableLocked } from "./apply-migrations.ts";

const SCRATCH = "apply_migrations";
const brief = { waitMs: 100, times: 2, pauseMs: 10 };

let folder: string;
let owner: pg.Pool;
let client: pg.Client;
let url: string;
const others: pg.Client[] = [];

beforeEach(async () => {
  const world = await newWorld();
  owner = world.owner;
  await owner.query(`drop database if exists ${SCRATCH} with (force)`);
  await owner.query(`create database ${SCRATCH} template template0`);
  const scratch = new URL(world.ownerUrl);
  scratch.pathname = `/${SCRATCH}`;
  url = scratch.href;
  client = await another();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "kunci-migrations-"));
  fs.mkdirSync(path.join(folder, "meta"));
});
afterEach(async () => {
  await Promise.all(others.splice(0).map((each) => each.end()));
  fs.rmSync(folder, { recursive: true });
  await owner.query(`drop database ${SCRATCH} with (force)`);
});

async function another(): Promise<pg.Client> {
  const opened = new pg.Client({ connectionString: url, application_name: "somebody" });
  opened.on("error", () => undefined);
  await opened.connect();
  others.push(opened);
  return opened;
}

function write(...migrations: readonly string[]): void {
  const entries = migrations.map((_, idx) => ({ idx, version: "7", when: idx + 1, tag: `m${idx}`, breakpoints: true }));
  fs.writeFileSync(path.join(folder, "meta/_journal.json"), JSON.stringify({ entries }));
  for (const [i, text] of migrations.entries()) fs.writeFileSync(path.join(folder, `m${i}.sql`), text);
}

const rows = async (text: string): Promise<unknown[]> => (await client.query({ text, rowMode: "array" })).rows.flat();
const applied = () => rows("select created_at::int from drizzle.__drizzle_migrations order by 1");

test("a migration that cannot have its table lets the others by, gives up, and names who was there all the while", async () => {
  write("create table letter (kind text)");
  await applyMigrations(client, folder, brief);
  write("create table letter (kind text)", "alter table letter add column tries integer");
  const holder = await another();
  await holder.query("begin; select * from letter");
  const [reader, giver] = [await another(), await another()];
  const patient = applyMigrations(client, folder, { ...brief, times: 1_000 });
  await expect
    .poll(
      async () =>
        (
          await reader.query(
            "select 1 from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())",
          )
        ).rowCount,
      { interval: 10 },
    )
    .toBe(1);
  // Behind the migration, which is behind the holder: it gets in although that one stays.
  expect((await reader.query("select * from letter")).rows).toEqual([]);

  const fault = await applyMigrations(giver, folder, brief).catch((thrown: Error) => thrown);
  expect(fault).toBeInstanceOf(TableLocked);
  expect(fault?.message).toMatch(/process \d+ \(somebody, for \d+ s\)/);
  const noted = await reader.query("select created_at::int as at from drizzle.__drizzle_migrations");
  expect(noted.rows).toEqual([{ at: 1 }]);

  await holder.query("rollback");
  await patient;
  expect(await applied()).toEqual([1, 2]);
});

test("a migration that fails leaves those before it, nothing of itself, and the next try goes on from there", async () => {
  write("create table a ()", "create table b ();--> statement-breakpoint\nselect 1 / 0");
  await expect(applyMigrations(client, folder)).rejects.toThrow("division by zero");
  expect(await applied()).toEqual([1]);
  expect(await rows("select to_regclass('b')")).toEqual([null]);
  write("create table a ()", "create table b ()", "create table c ()");
  await applyMigrations(client, folder);
  await applyMigrations(client, folder);
  expect(await applied()).toEqual([1, 2, 3]);
});

test("an index is made beside the work of others, and again where a broken try left half of one", async () => {
  const table = "create table letter as select 1 as kind from generate_series(1, 2)";
  const index = [
    "-- outside a transaction",
    "drop index concurrently if exists letter_kind;",
    "--> statement-breakpoint",
    "create unique index concurrently letter_kind on letter (kind);",
  ].join("\n");
  write(table, index);
  await expect(applyMigrations(client, folder)).rejects.toThrow("could not create unique index");
  const isValid = () => rows("select indisvalid from pg_index where indexrelid = 'letter_kind'::regclass");
  expect(await isValid()).toEqual([false]);
  await client.query("delete from letter where ctid = '(0,1)'");
  await applyMigrations(client, folder);
  expect(await isValid()).toEqual([true]);
  expect(await applied()).toEqual([1, 2]);
});
