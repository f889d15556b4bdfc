import type pg from "pg";

export type Table = { name: string; columns: string[] };

/** The portal's tables with the columns that are written, not computed; those of extensions are theirs. In one order everywhere. */
export async function listTables(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<Table>(
    `select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        and not exists (select from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype = 'e')
      group by c.relname order by c.relname collate "C"`,
  );
  return rows;
}

/** Those of the tables that hold rows. */
export async function filledOf(client: pg.Client, tables: readonly string[]): Promise<string[]> {
  if (tables.length === 0) return [];
  const asked = tables.map(
    (name) =>
      `select ${client.escapeLiteral(name)} as name where exists (select from public.${client.escapeIdentifier(name)})`,
  );
  return (await client.query<{ name: string }>(asked.join(" union all "))).rows.map(({ name }) => name);
}

export type Sequence = { last: string; called: boolean };

/** How far the sequences have come. They are in no snapshot: read behind the rows, they lie behind them too. */
export async function readSequences(client: pg.Client): Promise<Record<string, Sequence>> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'S' order by relname collate "C"`,
  );
  const sequences: Record<string, Sequence> = {};
  for (const { name } of rows) {
    const { rows: found } = await client.query<Sequence>(
      `select last_value::text as last, is_called as called from public.${client.escapeIdentifier(name)}`,
    );
    if (found[0]) sequences[name] = found[0];
  }
  return sequences;
}

/** Each side of a copy writes and reads values in the same words, whatever its server is set to. */
export const SAME_WORDS =
  "set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres'; set local timezone = 'UTC'; set local bytea_output = 'hex'; set local extra_float_digits = 1";

/** A copy takes as long as it takes: what a server is set to end early is let be for this transaction. */
export const UNHURRIED = `select set_config(name, '0', true) from pg_settings
  where name in ('statement_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout')`;
