import pg from "pg";
import { inject } from "vitest";
import { connect, type Db } from "#db/client.ts";
import { emptied, onDatabase, PRISTINE, templateOf, withClient, workerDatabaseOf } from "./test-databases.ts";
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
 * Brings every table back to what the template holds: its rows deleted, those of the migrations put back from their copy.
 * Foreign keys and the triggers that guard the trail are set aside for it, which only the owner may. Deleting from small
 * tables is ten times faster than truncating them.
 */
async function emptyingStatement(owner: pg.Pool): Promise<string> {
  const { rows: tables } = await owner.query<{ name: string; copy: string | null }>(
    `select format('%I.%I', t.schemaname, t.tablename) as name, (select format('%I.%I', c.schemaname, c.tablename) from pg_tables c
       where c.schemaname = '${PRISTINE}' and c.tablename = t.schemaname || '.' || t.tablename) as copy
     from pg_tables t where ${emptied}`,
  );
  const { rows: guards } = await owner.query<{ off: string; on: string }>(
    `select format('alter table %s disable trigger %I;', tgrelid::regclass, tgname) as off,
            format('alter table %s enable always trigger %I;', tgrelid::regclass, tgname) as on
     from pg_trigger where not tgisinternal and tgenabled = 'A'`,
  );

  const deletes = tables.map(({ name }) => `delete from ${name};`);
  const refills = tables.flatMap(({ name, copy }) =>
    copy ? [`insert into ${name} overriding system value table ${copy};`] : [],
  );
  const steps = [...guards.map(({ off }) => off), ...deletes, ...refills, ...guards.map(({ on }) => on)];
  return `begin; set local session_replication_role = replica; ${steps.join("\n")} commit;`;
}
