import { sql } from "drizzle-orm";
import pg from "pg";
import type { Db } from "#db/client.ts";
import { APP_ROLE } from "#db/client.ts";
import { newestMigration } from "#db/migrate.ts";
import { routeOf } from "#db/pooler.ts";
import { freeSpace, LEAST_FREE } from "#lib/server/health/free-space.ts";
import { codeOf } from "#lib/server/health/look-at-database.ts";
import { type Finding, fail, ok, warn } from "./finding.ts";

/** The README promises it; PostgreSQL ends a version's care five years after it came out. */
const OLDEST_POSTGRES = 150_000;
const EXTENSIONS = ["citext", "pg_trgm"] as const;
/** Of `max_connections`: what is left is for a rolling restart, when instances stand beside each other. */
const CROWDED = 0.8;

type Facts = {
  version: number;
  extensions: string[];
  rewrites: boolean | null;
  mighty: boolean | null;
  used: number;
  allowed: number;
  newest: string | null;
};

/** Version, extensions, rights, connections, and whether a newer release has migrated already. */
export async function lookAtPostgres(db: Db): Promise<Finding[]> {
  const { rows } = await db.execute<Facts>(sql`select current_setting('server_version_num')::int as version,
    array(select extname::text from pg_extension) as extensions,
    (select bool_or(has_table_privilege(oid, t, p)) from unnest(array['audit_event', 'audit_seal', 'audit_redaction']) t,
      unnest(array['update', 'delete', 'truncate']) p) as rewrites,
    (rolsuper or rolbypassrls or rolcreaterole) as mighty,
    (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as used,
    current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int as allowed,
    (select max(created_at)::text from drizzle.__drizzle_migrations) as newest
    from (select 1) one left join pg_roles on rolname = ${APP_ROLE}`);
  const [facts] = rows;
  if (!facts) return [];
  const missing = EXTENSIONS.filter((name) => !facts.extensions.includes(name));
  return [
    facts.version >= OLDEST_POSTGRES
      ? ok("postgresql", `version ${Math.floor(facts.version / 10_000)}`)
      : fail("postgresql", `Version ${Math.floor(facts.version / 10_000)} is too old; 15 or later is needed`),
    missing.length === 0
      ? ok("extensions")
      : fail(
          "extensions",
          `${missing.join(", ")} missing. As a superuser: create extension ${missing.join("; create extension ")};`,
        ),
    rights(facts),
    facts.used <= facts.allowed * CROWDED
      ? ok("connections", `${facts.used} of ${facts.allowed}`)
      : warn(
          "connections",
          `${facts.used} of ${facts.allowed} are taken. Raise max_connections, run fewer instances (10 + 4 connections each), or put PgBouncer between`,
        ),
    Number(facts.newest) <= newestMigration()
      ? ok("release")
      : warn(
          "release",
          "The database has migrations of a newer release: this release serves beside it for the time of an upgrade. Finish the upgrade, or go back (docs/operate.md)",
        ),
  ];
}

function rights({ rewrites, mighty }: Facts): Finding {
  if (mighty === null) return fail("rights", `There is no role ${APP_ROLE}: run the command migrate`);
  if (rewrites)
    return fail(
      "rights",
      `${APP_ROLE} could rewrite the audit trail: run the command migrate, which takes that right away`,
    );
  return mighty
    ? fail(
        "rights",
        `${APP_ROLE} may do more than it should: alter role ${APP_ROLE} nosuperuser nobypassrls nocreaterole`,
      )
    : ok("rights");
}

/** The disk that the database lies on, where it is this machine's and the role may know the folder. */
export async function lookAtDatabaseDisk(db: Db, ownerUrl: string): Promise<Finding[]> {
  const { hostname } = new URL(ownerUrl);
  if (!["", "localhost", "127.0.0.1", "[::1]"].includes(hostname)) return [];
  const told = await db
    .execute<{ folder: string }>(sql`select current_setting('data_directory') as folder`)
    .catch(() => null);
  const free = told?.rows[0] ? await freeSpace(told.rows[0].folder) : null;
  if (free === null) return [];
  const megabytes = `${Math.round(free / 1_048_576)} MB are free where the database lies`;
  return [
    free >= LEAST_FREE
      ? ok("database disk", megabytes)
      : fail("database disk", `${megabytes}: make room before it stops`),
  ];
}

/**
 * The application's own way in, and whether a pooler stands in it: what the portal settles by itself is well here, too, and
 * what it refuses at start is not.
 */
export async function lookAtWayIn(databaseUrl: string): Promise<Finding[]> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ role: string; may: boolean | null }>(
      "select current_user as role, (select pg_has_role(oid, 'member') from pg_roles where rolname = $1) as may",
      [APP_ROLE],
    );
    const [seen] = rows;
    if (!seen?.may)
      return [
        fail("way in", `DATABASE_URL connects as "${seen?.role}", which is neither ${APP_ROLE} nor a member of it`),
      ];
    const { pooled, prepares } = await routeOf(client);
    if (!pooled) return [ok("way in", `as ${seen.role}`)];
    return seen.role === APP_ROLE
      ? [ok("way in", `as ${seen.role}, through a pooler${prepares ? "" : ", without prepared statements"}`)]
      : [fail("way in", `DATABASE_URL leads through a pooler as "${seen.role}": there it must be ${APP_ROLE} itself`)];
  } catch (fault) {
    return [fail("way in", `DATABASE_URL leads nowhere (${codeOf(fault)}): check host, port, role and password in it`)];
  } finally {
    await client.end().catch(() => undefined);
  }
}
