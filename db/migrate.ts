import fs from "node:fs";
import path from "node:path";
import { sql } from "drizzle-orm";
import pg from "pg";
import { PgBoss } from "pg-boss";
import { applyMigrations, type Patience } from "./apply-migrations.ts";
import { APP_ROLE, type Db } from "./client.ts";
import { Pooled, routeOf } from "./pooler.ts";

export { APP_ROLE };
/** Where pg-boss keeps its queues. */
export const JOBS_SCHEMA = "pgboss";

export type MigrateOptions = {
  /** Lets the application's role log in with it, where it cannot yet. */
  appPassword?: string;
  /** What rooms prepare as the owner, before rights are granted: queues, the banks of questions and roles. Run at each start, so they must be repeatable. */
  prepare?: readonly ((ownerUrl: string) => Promise<void>)[];
  /** Folder of the generated SQL; `db/migrations` below the working directory where absent, since a bundle has no place of its own. */
  folder?: string;
  /** How long it waits for a table that somebody holds. */
  patience?: Patience;
};

// A number of our own for pg_advisory_lock: "kunci" as the digits of a telephone's keys.
export const MIGRATION_LOCK = 58624;
const MIGRATED_IN_TIME = "60s";
/** duplicate_object where the role was there before, unique_violation where another creates it at this very moment. */
const ALREADY_THERE = ["42710", "23505"];

/**
 * Brings a database to this version, as its owner, one instance at a time: tables, the application's role, the queues, rights.
 * May be run at each start. Rejects where a table stays locked (`TableLocked`), another migration is at work for 60 s, or a
 * pooler lies between (`Pooled`): locks and limits of a session would be lost there.
 */
export async function migrate(ownerUrl: string, options: MigrateOptions = {}): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: "kunci migrate" });
  await client.connect();
  try {
    if ((await routeOf(client)).pooled)
      throw new Pooled("its address leads through a pooler. DATABASE_OWNER_URL must lead to PostgreSQL itself");
    await client.query(`set lock_timeout = '${MIGRATED_IN_TIME}'`);
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    await client.query("set client_min_messages = warning");
    await applyMigrations(client, migrationsFolder(options.folder), options.patience);
    await makeRole(client, options.appPassword);
    await installQueues(ownerUrl);
    for (const prepare of options.prepare ?? []) await prepare(ownerUrl);
    // Together, so that an application that runs meanwhile never holds more than it may.
    await client.query(`begin; ${grants.join("; ")}; commit`);
  } finally {
    // Ends the session, and with it the lock.
    await client.end();
  }
}

const migrationsFolder = (wanted: string | undefined): string => wanted ?? path.join(process.cwd(), "db/migrations");

/** The role, and its first password. One that lets it in already stays: other instances use it. */
async function makeRole(client: pg.Client, password: string | undefined): Promise<void> {
  const known = await client.query<{ rolcanlogin: boolean }>("select rolcanlogin from pg_roles where rolname = $1", [
    APP_ROLE,
  ]);
  const isNew = known.rows.length === 0;
  if (isNew) {
    // Roles belong to the whole server, the lock to one database: another database's migration may be quicker.
    await client.query(`create role ${APP_ROLE} nologin`).catch((fault: { code?: string }) => {
      if (!ALREADY_THERE.includes(fault.code ?? "")) throw fault;
    });
  }
  if (password === undefined || known.rows[0]?.rolcanlogin) return;
  await client.query(`alter role ${APP_ROLE} login password ${client.escapeLiteral(password)}`);
}

/** Makes or upgrades the tables of pg-boss; its own maintenance stays with the running portal. */
async function installQueues(ownerUrl: string): Promise<void> {
  const boss = new PgBoss({
    connectionString: ownerUrl,
    schema: JOBS_SCHEMA,
    max: 2,
    migrate: true,
    createSchema: true,
    supervise: false,
    schedule: false,
  });
  const faults: unknown[] = [];
  boss.on("error", (fault) => faults.push(fault));
  await boss.start();
  await boss.stop({ graceful: false });
  if (faults.length > 0) throw faults[0];
}

/** What the application may do: everything with rows but rewriting the trail; nothing with the schema. */
export const grants = [
  `grant usage on schema public, drizzle, ${JOBS_SCHEMA} to ${APP_ROLE}`,
  `grant select, insert, update, delete on all tables in schema public, ${JOBS_SCHEMA} to ${APP_ROLE}`,
  // Nor the number of an event: a made-up one would collide with those to come.
  `revoke insert, update, delete, truncate on audit_event from ${APP_ROLE}`,
  `revoke update, delete, truncate on audit_seal, audit_redaction from ${APP_ROLE}`,
  // Where an event came from is forgotten after its time; a trigger keeps it to that.
  `grant update (ip, device) on audit_event to ${APP_ROLE}`,
  `grant insert (at, type, outcome, account_id, actor_kind, actor_id, session_id, request_id, ip, device, data) on audit_event to ${APP_ROLE}`,
  `grant select on all tables in schema drizzle to ${APP_ROLE}`,
  `grant usage, select on all sequences in schema public, ${JOBS_SCHEMA} to ${APP_ROLE}`,
  `grant execute on all functions in schema ${JOBS_SCHEMA} to ${APP_ROLE}`,
  `alter default privileges in schema public, ${JOBS_SCHEMA} grant select, insert, update, delete on tables to ${APP_ROLE}`,
  `alter default privileges in schema public, ${JOBS_SCHEMA} grant usage, select on sequences to ${APP_ROLE}`,
  // An owner without superuser's rights steps down to the role by being a member of it.
  `do $$ begin if not (select rolsuper from pg_roles where rolname = current_user) then execute format('grant ${APP_ROLE} to %I', current_user); end if; end $$`,
] as const;

/**
 * Whether the database is at least at this version. A newer one is fine: during an upgrade the old instances go on beside
 * the new schema.
 */
export async function schemaIsCurrent(db: Db, folder?: string): Promise<boolean> {
  const wanted = newestMigration(folder);
  try {
    const { rows } = await db.execute<{ last: string | null }>(
      sql`select max(created_at) as last from drizzle.__drizzle_migrations`,
    );
    return Number(rows[0]?.last ?? 0) >= wanted;
  } catch (fault) {
    if (isUnknownTable(fault)) return false;
    throw fault;
  }
}

/** When the newest migration of this version was made (ms since 1970): what the database notes once it is applied. */
export function newestMigration(folder?: string): number {
  const journal = JSON.parse(fs.readFileSync(path.join(migrationsFolder(folder), "meta/_journal.json"), "utf8")) as {
    entries: { when: number }[];
  };
  return Math.max(...journal.entries.map((entry) => entry.when));
}

// undefined_table, invalid_schema_name, and no right to look, which a role without grants has.
const isUnknownTable = (fault: unknown): boolean =>
  ["42P01", "3F000", "42501"].includes(String((fault as { cause?: { code?: string } }).cause?.code));
