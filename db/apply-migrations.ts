import { readMigrationFiles } from "drizzle-orm/migrator";
import type pg from "pg";

/** How long a migration stands in a queue for its tables before it lets the others by, and how often it stands there. */
export type Patience = { waitMs: number; times: number; pauseMs: number };

// Whoever asks for the table while it stands there waits behind it: a page takes so much longer at worst.
const PATIENCE: Patience = { waitMs: 2_000, times: 5, pauseMs: 1_000 };
/** An index made beside the work of others stands in nobody's way; it waits for transactions that are older than itself. */
const BESIDE_OTHERS_MS = 600_000;
/** First line of a migration whose statements cannot be in a transaction: indexes CONCURRENTLY. */
export const OUTSIDE_A_TRANSACTION = "-- outside a transaction";

const LOCK_NOT_AVAILABLE = "55P03";

/** A migration did not get its tables. Nothing of it was done; those before it stay. */
export class TableLocked extends Error {
  readonly code = LOCK_NOT_AVAILABLE;
  override readonly name = "TableLocked";
}

/**
 * Applies the migrations of the folder that are newer than the newest one applied, in the order of the journal, each in a
 * transaction of its own with the line that says so (Drizzle's table, as `drizzle-kit` would have it). Where another
 * transaction keeps a table longer than `waitMs`, the migration steps aside and tries again; after the last time it rejects
 * with `TableLocked`, which names the transactions that have been open for long.
 */
export async function applyMigrations(client: pg.Client, folder: string, patience: Patience = PATIENCE): Promise<void> {
  await client.query("create schema if not exists drizzle");
  await client.query(
    "create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)",
  );
  const { rows } = await client.query<{ last: string | null }>(
    "select max(created_at) as last from drizzle.__drizzle_migrations",
  );
  const last = Number(rows[0]?.last ?? 0);
  for (const migration of readMigrationFiles({ migrationsFolder: folder }))
    if (migration.folderMillis > last) await apply(client, migration, patience);
}

type Migration = ReturnType<typeof readMigrationFiles>[number];

async function apply(client: pg.Client, migration: Migration, patience: Patience): Promise<void> {
  const note = (): Promise<unknown> =>
    client.query("insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)", [
      migration.hash,
      migration.folderMillis,
    ]);
  if (migration.sql[0]?.startsWith(OUTSIDE_A_TRANSACTION)) {
    await client.query(`set lock_timeout = ${BESIDE_OTHERS_MS}`);
    for (const statement of migration.sql) await client.query(statement);
    await note();
    return;
  }
  await withPatience(client, patience, async () => {
    await client.query("begin");
    try {
      for (const statement of migration.sql) await client.query(statement);
      await note();
      await client.query("commit");
    } catch (fault) {
      await client.query("rollback");
      throw fault;
    }
  });
}

async function withPatience(client: pg.Client, patience: Patience, work: () => Promise<void>): Promise<void> {
  const { waitMs, times, pauseMs } = patience;
  await client.query(`set lock_timeout = ${waitMs}`);
  for (let time = 1; ; time++) {
    try {
      return await work();
    } catch (fault) {
      if ((fault as { code?: string }).code !== LOCK_NOT_AVAILABLE) throw fault;
      if (time === times) throw new TableLocked(await whoHolds(client, patience));
      await new Promise((done) => setTimeout(done, pauseMs));
    }
  }
}

/** In words, with the transactions that were open all the while: one of them holds the table. */
async function whoHolds(client: pg.Client, { waitMs, times }: Patience): Promise<string> {
  const { rows } = await client.query<{ pid: number; program: string; seconds: number }>(
    `select pid, application_name as program, extract(epoch from clock_timestamp() - xact_start)::int as seconds
    from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and xact_start < clock_timestamp() - $1 * interval '1 millisecond'
    order by xact_start limit 3`,
    [waitMs],
  );
  const open = rows.map(({ pid, program, seconds }) => `process ${pid} (${program || "unnamed"}, for ${seconds} s)`);
  return [
    `A table that is to be changed stayed locked for ${waitMs / 1_000} s, ${times} times. This change was not made, and the portal goes on as before.`,
    open.length > 0
      ? `Transactions open meanwhile: ${open.join(", ")}. End them (select pg_terminate_backend(…)), and run this again.`
      : "Run this again when whoever held it has finished.",
  ].join(" ");
}
