import pg from "pg";
import { inject } from "vitest";
import { connect, type Db } from "#db/client.ts";
import { onDatabase, templateOf, withClient, workerDatabaseOf } from "./test-databases.ts";
import { whenFileEnds } from "./when-file-ends.ts";

/** What the worker's tests run on: `db` as the role `kunci_app`, so that a missing right shows; `empty` and `owner` as the owner. */
export type WorkerDatabase = { db: Db; ownerUrl: string; appUrl: string; owner: pg.Pool; empty: () => Promise<void> };

let opened: Promise<WorkerDatabase> | undefined;

/** Copies the template on first use in this worker; every later world of the worker empties and reuses the copy. */
export function workerDatabase(): Promise<WorkerDatabase> {
  opened ??= open();
  return opened;
}

async function open(): Promise<WorkerDatabase> {
  const { ownerUrl, appUrl, run } = inject("postgres");
  const name = workerDatabaseOf(run, process.env.VITEST_POOL_ID ?? "1");
  await withClient(ownerUrl, async (client) => {
    const { rowCount } = await client.query("select from pg_database where datname = $1", [name]);
    if (!rowCount) await client.query(`create database "${name}" template "${templateOf(run)}"`);
  });
  const owner = new pg.Pool({ connectionString: onDatabase(ownerUrl, name), max: 1, idleTimeoutMillis: 0 });
  const emptying = await emptyingStatement(owner);
  const db = connect(onDatabase(appUrl, name));
  whenFileEnds(() => Promise.all([db.$client.end(), owner.end()]));
  return {
    db,
    ownerUrl: onDatabase(ownerUrl, name),
    appUrl: onDatabase(appUrl, name),
    owner,
    empty: async () => void (await owner.query(emptying)),
  };
}

/**
 * Brings every table back to what the template holds: its rows deleted, those of the migrations put back from a copy made
 * here. Foreign keys and the triggers that guard the trail are set aside for it, which only the owner may. Deleting from small tables
 * is ten times faster than truncating them.
 */
async function emptyingStatement(owner: pg.Pool): Promise<string> {
  const { rows: tables } = await owner.query<{ name: string; filled: boolean }>(
    `select format('%I.%I', schemaname, tablename) as name,
            (xpath('/row/n/text()', query_to_xml(format('select count(*) as n from (select from %I.%I limit 1) t', schemaname, tablename), false, true, '')))[1]::text = '1' as filled
     from pg_tables where schemaname in ('public', 'pgboss') and (schemaname, tablename) not in (('pgboss', 'version'), ('pgboss', 'queue'))`,
  );
  const filled = tables.filter((table) => table.filled).map(({ name }) => ({ name, copy: `pristine."${name}"` }));
  await owner.query("create schema if not exists pristine");
  for (const { name, copy } of filled) await owner.query(`create table if not exists ${copy} as table ${name}`);

  const { rows: guards } = await owner.query<{ off: string; on: string }>(
    `select format('alter table %s disable trigger %I;', tgrelid::regclass, tgname) as off,
            format('alter table %s enable always trigger %I;', tgrelid::regclass, tgname) as on
     from pg_trigger where not tgisinternal and tgenabled = 'A'`,
  );

  const deletes = tables.map(({ name }) => `delete from ${name};`);
  const refills = filled.map(({ name, copy }) => `insert into ${name} overriding system value table ${copy};`);
  const steps = [...guards.map(({ off }) => off), ...deletes, ...refills, ...guards.map(({ on }) => on)];
  return `begin; set local session_replication_role = replica; ${steps.join("\n")} commit;`;
}
