import path from "node:path";
import { type MigrationMeta, readMigrationFiles } from "drizzle-orm/migrator";
import type pg from "pg";
import { BackupRefused } from "../backup-refused.ts";
import type { Beginning } from "../manifest.ts";

/** This release's migrations: those the copy was made with, and those it has not seen. */
export type Steps = { before: MigrationMeta[]; after: MigrationMeta[] };

/** Refused where the copy's schema is a newer one than this release's, or of another line. */
export function stepsFrom(
  { migrations, release }: Beginning,
  folder = path.join(process.cwd(), "db/migrations"),
): Steps {
  const known = readMigrationFiles({ migrationsFolder: folder });
  const last = known.at(-1)?.folderMillis ?? 0;
  if (migrations.some(({ when }) => when > last))
    throw new BackupRefused(
      `The copy was taken by a newer release (${release}), whose schema this one does not know: restore it with that`,
    );
  const isOurs = migrations.every(({ when, hash }, n) => known[n]?.folderMillis === when && known[n]?.hash === hash);
  if (!isOurs)
    throw new BackupRefused(
      `The copy's schema (${release}) is none that this release came from: restore it with its own`,
    );
  return { before: known.slice(0, migrations.length), after: known.slice(migrations.length) };
}

/** Takes the empty tables of a migrated database away, with what hangs on them. */
export async function dropEmpty(client: pg.Client, tables: readonly string[]): Promise<void> {
  if (tables.length > 0)
    await client.query(
      `drop table ${tables.map((name) => `public.${client.escapeIdentifier(name)}`).join(", ")} cascade`,
    );
  const { rows } = await client.query<{ name: string }>(
    `select p.oid::regprocedure::text as name from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prokind = 'f'
      and not exists (select from pg_depend d where d.objid = p.oid and d.classid = 'pg_proc'::regclass and d.deptype = 'e')`,
  );
  if (rows.length > 0) await client.query(`drop function ${rows.map(({ name }) => name).join(", ")} cascade`);
  await client.query("truncate drizzle.__drizzle_migrations");
}

/** As drizzle applies and notes them, within the transaction that is open: nothing is there to be held up by an index. */
export async function applySteps(client: pg.Client, steps: readonly MigrationMeta[]): Promise<void> {
  for (const { sql, hash, folderMillis } of steps) {
    await client.query(sql.join(";\n").replace(/\bconcurrently\b/gi, ""));
    await client.query("insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)", [
      hash,
      folderMillis,
    ]);
  }
}

/**
 * Takes keys, references and indexes off the tables, and answers what puts them back: built once over all rows they take a fraction of
 * the time, and a reference that is put back proves every row.
 */
export async function setAside(client: pg.Client): Promise<readonly string[]> {
  const { rows: constraints } = await client.query<{
    table: string;
    name: string;
    definition: string;
    isReference: boolean;
  }>(
    `select conrelid::regclass::text as "table", conname as name, pg_get_constraintdef(oid) as definition, contype = 'f' as "isReference"
      from pg_constraint where connamespace = 'public'::regnamespace and contype in ('p', 'u', 'x', 'f') and conrelid <> 0
      order by contype = 'f' desc, conname`,
  );
  await all(
    client,
    constraints.map(({ table, name }) => `alter table ${table} drop constraint ${client.escapeIdentifier(name)}`),
  );
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
      from pg_index i join pg_class c on c.oid = i.indrelid where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'`,
  );
  await all(
    client,
    indexes.map(({ name }) => `drop index ${name}`),
  );
  const put = ({ table, name, definition }: (typeof constraints)[number]): string =>
    `alter table ${table} add constraint ${client.escapeIdentifier(name)} ${definition}`;
  return [
    ...constraints.filter(({ isReference }) => !isReference).map(put),
    ...indexes.map(({ definition }) => definition),
    ...constraints.filter(({ isReference }) => isReference).map(put),
  ];
}

/** In one go: hundreds of statements that take no time each. */
const all = async (client: pg.Client, statements: readonly string[]): Promise<void> =>
  void (statements.length > 0 && (await client.query(statements.join("; "))));
