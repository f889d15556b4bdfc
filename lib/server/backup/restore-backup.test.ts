import { randomUUID } from "node:crypto";
import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { eq } from "drizzle-orm";
import type pg from "pg";
import { expect, onTestFinished, test, vi } from "vitest";
import { applyMigrations } from "#db/apply-migrations.ts";
import { connect } from "#db/client.ts";
import { office } from "#db/schema/office.ts";
import { record } from "#lib/audit/record.ts";
import { sealAll } from "#lib/audit/seal/seal-trail.ts";
import { verifyTrail } from "#lib/audit/seal/verify-trail.ts";
import { copyOf, emptyDatabase, fillWithWhatLives, restoreInto } from "#lib/testing/backup.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { withClient } from "#lib/testing/test-databases.ts";
import { joinKeys } from "../keys/join-keys.ts";
import { hasKeyChecks } from "../start/check-keys.ts";
import { listTables } from "./list-contents.ts";
import { dropEmpty } from "./restore/build-schema.ts";

// Each builds the whole schema anew, some more than once: a second where nobody else is at work, many where somebody is.
vi.setConfig({ testTimeout: 120_000 });

const anInstance = (world: World) => ({ id: "one", startedAt: world.now(), works: true });

const happened = (world: World) =>
  world.db.transaction((tx) => record(tx, world.ctx, { type: "account.lapsed", accountId: null }));

/** What a database is made of besides rows, in words that compare. */
async function shapeOf(pool: Pick<pg.Pool, "query">): Promise<string[]> {
  const { rows } = await pool.query<{ is: string }>(`
    select pg_get_indexdef(indexrelid) as "is" from pg_index i join pg_class c on c.oid = indrelid where c.relnamespace = 'public'::regnamespace
    union all select format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) from pg_constraint where connamespace = 'public'::regnamespace
    union all select format('%s %s', pg_get_triggerdef(oid), tgenabled) from pg_trigger where not tgisinternal
    union all select format('%s %s', oid::regclass, a) from pg_class, unnest(relacl) a where relnamespace = 'public'::regnamespace
    union all select format('%s.%s %s %s', attrelid::regclass, attname, format_type(atttypid, atttypmod), a.attacl) from pg_attribute a join pg_class c on c.oid = attrelid
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and attnum > 0 and not attisdropped
    union all select pg_get_functiondef(p.oid) from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prolang <> 13 and p.prokind = 'f'
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
    union all select hash from drizzle.__drizzle_migrations
    order by 1`);
  return rows.map((row) => row.is);
}

test("what was copied stands in a bare database again: every row of every table, and all that holds them", async () => {
  const world = await newWorld();
  await world.officer("administrator", { fullName: "Siti\tbinti\\Contoh\n\\N \u{1F511}" });
  await fillWithWhatLives(world);
  await happened(world);
  await sealAll(world.ctx);
  const copy = await copyOf(world);
  const { ownerUrl, pool } = await emptyDatabase(world, true);
  const restored = await restoreInto(world, ownerUrl, copy, { moved: true });
  expect(restored.trail).toMatchObject({ broken: null, seals: 1, unsealed: { events: 0 } });
  const again = await copyOf(world, { databaseUrl: ownerUrl });
  const { audit_event: before, jobs, ...contents } = copy.manifest.contents;
  // Sessions, links and letters too, and the queues' work: the portal moved, and goes on.
  expect(again.manifest.contents).toMatchObject(contents);
  const owed = "select id, name, data, date_trunc('milliseconds', start_after) as due from pgboss.job order by id";
  expect(restored.jobs).toBe(jobs?.rows);
  expect((await pool.query(owed)).rows).toEqual((await world.owner.query(owed)).rows);
  // That it was restored.
  expect(again.manifest.contents.audit_event?.rows).toBe((before?.rows ?? 0) + 1);
  expect(await shapeOf(pool)).toEqual(await shapeOf(world.owner));
  const db = connect(ownerUrl, { max: 2 });
  onTestFinished(() => db.$client.end());
  await sealAll({ ...world.ctx, db });
  expect(await verifyTrail({ db, keys: world.ctx.keys })).toMatchObject({ broken: null, seals: 2 });
});

test("into a database that holds anybody nothing is restored, and nothing of it changes", async () => {
  const world = await newWorld();
  const copy = await copyOf(world);
  const { ownerUrl, pool } = await emptyDatabase(world);
  await pool.query("insert into office (id, code, name) values ($1, '0500', 'Cawangan Lain')", [randomUUID()]);
  await expect(restoreInto(world, ownerUrl, copy)).rejects.toThrow("not empty (office)");
  expect((await pool.query("select code from office")).rows).toEqual([{ code: "0500" }]);
});

test("a database of somebody else is left alone, though its tables are empty", async () => {
  const world = await newWorld();
  const copy = await copyOf(world);
  const { ownerUrl, pool } = await emptyDatabase(world, true);
  await pool.query("create table payroll (id int)");
  await expect(restoreInto(world, ownerUrl, copy)).rejects.toThrow("not this release's (payroll)");
  expect((await pool.query("select nspname from pg_namespace where nspname in ('drizzle', 'pgboss')")).rows).toEqual(
    [],
  );
});

test("a copy that was altered or cut off leaves nothing behind, and the whole one is restored after it", async () => {
  const world = await newWorld();
  await world.account();
  const copy = await copyOf(world);
  const { ownerUrl, pool } = await emptyDatabase(world);
  const altered = Buffer.from(copy.file);
  const at = altered.length - 20;
  altered[at] = (altered[at] ?? 0) ^ 1;
  await expect(restoreInto(world, ownerUrl, { ...copy, file: altered })).rejects.toThrow("altered");
  await expect(restoreInto(world, ownerUrl, { ...copy, file: copy.file.subarray(0, at) })).rejects.toThrow("cut off");
  expect((await pool.query("select from account")).rowCount).toBe(0);
  await restoreInto(world, ownerUrl, copy);
  expect((await pool.query("select from account")).rowCount).toBe(1);
});

test("with other keys, or none, nothing is restored; where the keys come later, the portal stays closed until they do", async () => {
  const world = await newWorld();
  await joinKeys(world.db, world.ctx.keys, anInstance(world), world.now());
  const copy = await copyOf(world);
  const unsigned = await copyOf(world, { keys: null });
  const { ownerUrl, pool } = await emptyDatabase(world);
  const others = { ...world.ctx.keys, link: { current: "test", keys: { test: Buffer.alloc(32, 7) } } };
  await expect(restoreInto(world, ownerUrl, copy, { keys: others })).rejects.toThrow("not those of the copy");
  await expect(restoreInto(world, ownerUrl, unsigned), "nobody signed it").rejects.toThrow("--unsigned");
  expect((await pool.query("select from office")).rowCount).toBe(0);

  const later = { keys: null, evenUnsigned: true };
  expect(await restoreInto(world, ownerUrl, unsigned, later)).toMatchObject({ trail: null, origin: "unsigned" });
  const db = connect(ownerUrl, { max: 1 });
  onTestFinished(() => db.$client.end());
  expect(await hasKeyChecks(db), "new keys are never made beside it").toBe(true);
  expect((await pool.query("select from instance")).rowCount, "those that ran then hold no keys now").toBe(0);
  await expect(joinKeys(db, others, anInstance(world), world.now())).rejects.toThrow(
    'The link key "test" is not the one',
  );
  await expect(joinKeys(db, world.ctx.keys, anInstance(world), world.now())).resolves.toBeDefined();
});

test("a trail that was touched before the copy was taken is told, and restored only by whoever says so", async () => {
  const world = await newWorld();
  await happened(world);
  await sealAll(world.ctx);
  await world.owner.query(
    "begin; alter table audit_event disable trigger audit_event_forgets; update audit_event set ip = '198.51.100.7'; alter table audit_event enable always trigger audit_event_forgets; commit",
  );
  const copy = await copyOf(world);
  const { ownerUrl, pool } = await emptyDatabase(world);
  await expect(restoreInto(world, ownerUrl, copy)).rejects.toThrow("--broken-trail");
  expect((await pool.query("select from office")).rowCount).toBe(0);
  const restored = await restoreInto(world, ownerUrl, copy, { evenBroken: true });
  expect(restored.trail?.broken).toMatchObject({ what: "changed", seal: 1 });
});

test("a copy of a newer release is refused, and one of another line", async () => {
  const world = await newWorld();
  const { ownerUrl } = await emptyDatabase(world);
  const note =
    "insert into drizzle.__drizzle_migrations (hash, created_at) values ('newer', 9999999999999) returning id";
  const { rows } = await world.owner.query<{ id: number }>(note);
  onTestFinished(() => void world.owner.query("delete from drizzle.__drizzle_migrations where hash = 'newer'"));
  const newer = await copyOf(world);
  await expect(restoreInto(world, ownerUrl, newer)).rejects.toThrow("newer release (0.1.0)");
  await world.owner.query("update drizzle.__drizzle_migrations set created_at = 1 where id = $1", [rows[0]?.id]);
  const other = await copyOf(world);
  await world.owner.query("delete from drizzle.__drizzle_migrations where hash = 'newer'");
  await expect(restoreInto(world, ownerUrl, other)).rejects.toThrow("none that this release came from");
});

test("a copy of an older release is brought to this one with what is in it", async () => {
  const world = await newWorld();
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), "kunci-older-"));
  onTestFinished(() => fs.rm(folder, { recursive: true }));
  await fs.cp("db/migrations", folder, { recursive: true });
  const journal = path.join(folder, "meta/_journal.json");
  const { entries, ...rest } = JSON.parse(await fs.readFile(journal, "utf8"));
  await fs.writeFile(journal, JSON.stringify({ ...rest, entries: entries.slice(0, 21) }));
  const older = await emptyDatabase(world);
  await withClient(older.ownerUrl, async (client) => {
    await dropEmpty(
      client,
      (await listTables(client)).map(({ name }) => name),
    );
    await applyMigrations(client, folder);
  });
  await older.pool.query("insert into office (id, code, name) values ($1, '0500', 'Cawangan Lama')", [randomUUID()]);
  const copy = await copyOf(world, { databaseUrl: older.ownerUrl });
  expect(copy.beginning.migrations).toHaveLength(21);

  const { ownerUrl, pool } = await emptyDatabase(world);
  await restoreInto(world, ownerUrl, copy);
  expect((await pool.query("select name from office")).rows).toEqual([{ name: "Cawangan Lama" }]);
  expect(await shapeOf(pool)).toEqual(await shapeOf(world.owner));
});

test("nothing in the schema acts on rows that are put in: restoring would set it off", async () => {
  const world = await newWorld();
  // Bit 2 of tgtype: fires on insert (pg_trigger.h).
  const { rows } = await world.owner.query("select tgname from pg_trigger where not tgisinternal and tgtype & 4 > 0");
  expect(rows).toEqual([]);
  expect(await world.db.select().from(office).where(eq(office.id, world.office.id))).toHaveLength(1);
});
