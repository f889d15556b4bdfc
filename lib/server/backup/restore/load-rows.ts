import { once } from "node:events";
import { finished } from "node:stream/promises";
import type pg from "pg";
import { type CopyStreamQuery, from as copyFrom } from "pg-copy-streams";
import { BackupRefused } from "../backup-refused.ts";
import { filledOf, listTables, type Table } from "../list-contents.ts";
import { JOBS } from "../manifest.ts";

/** Where the queues' work waits until it is known what of it goes on. */
export const RESTORED_JOBS = "restored_job";

export type Loader = {
  piece: (content: string, bytes: Buffer) => Promise<void>;
  /** Rows the database says it took, by table. */
  end: () => Promise<Record<string, number>>;
};

/** Writes pieces of tables into the database, a table after the other, as COPY takes them. */
export async function loadRows(client: pg.Client, tables: readonly Table[]): Promise<Loader> {
  await mustFit(client, tables);
  await client.query(
    `create temp table ${RESTORED_JOBS} (id uuid, name text, data jsonb, start_after timestamptz) on commit drop`,
  );
  const taken: Record<string, number> = {};
  let open: { content: string; stream: CopyStreamQuery } | null = null;
  const close = async (): Promise<void> => {
    if (!open) return;
    const { content, stream } = open;
    open = null;
    stream.end();
    await finished(stream, { readable: false });
    taken[content] = stream.rowCount;
  };
  const begin = (content: string): CopyStreamQuery => {
    if (content === JOBS)
      return client.query(copyFrom(`copy ${RESTORED_JOBS} (id, name, data, start_after) from stdin`));
    const table = tables.find(({ name }) => name === content);
    if (!table || Object.hasOwn(taken, content))
      throw new BackupRefused(`The copy holds rows of "${content}", which it does not name`);
    const columns = table.columns.map((column) => client.escapeIdentifier(column)).join(", ");
    // The table was made in this transaction, so nobody else can see a row before it is committed: nothing is left to be vacuumed.
    return client.query(
      copyFrom(`copy public.${client.escapeIdentifier(content)} (${columns}) from stdin with (freeze)`),
    );
  };
  return {
    piece: async (content, bytes) => {
      if (open?.content !== content) {
        await close();
        open = { content, stream: begin(content) };
        // Whoever gives up closes the connection under it.
        open.stream.on("error", () => undefined);
      }
      // A fault of the database comes in place of "drain".
      if (!open.stream.write(bytes)) await once(open.stream, "drain");
    },
    end: async () => {
      await close();
      return taken;
    },
  };
}

/** Refused where the copy names a table or column that its schema has not; nothing of what it says becomes part of a statement otherwise. */
async function mustFit(client: pg.Client, tables: readonly Table[]): Promise<void> {
  const here = new Map((await listTables(client)).map(({ name, columns }) => [name, new Set(columns)]));
  for (const { name, columns } of tables)
    if (!columns.every((column) => here.get(name)?.has(column)))
      throw new BackupRefused(`The copy's table "${name}" is not as its schema has it`);
  const lacks = [...here.keys()].find((name) => !tables.some((table) => table.name === name));
  if (lacks !== undefined) throw new BackupRefused(`The copy lacks the table "${lacks}"`);
  // What a migration wrote is in the copy as well.
  for (const name of await filledOf(client, [...here.keys()]))
    await client.query(`delete from public.${client.escapeIdentifier(name)}`);
}
