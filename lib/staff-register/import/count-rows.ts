import { eq, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { staffImport, type staffRowKinds } from "#db/schema/staff-register.ts";
import type { Context } from "#lib/kernel/context.ts";

/** `missing`: people whom the register named so far and this file does not. `listed`: how many it named. */
export type Counts = Record<(typeof staffRowKinds)[number] | "missing" | "listed", number>;

/** How many rows of each kind there are, and how many people a file that is the whole register leaves out. */
export async function countRows(on: Tx | Context["db"], importId: string): Promise<Counts> {
  const { rows } = await on.execute<{ kind: keyof Counts; rows: number }>(
    sql`select kind, count(*)::int as rows from staff_import_row where import_id = ${importId} group by kind`,
  );
  const none: Counts = { new: 0, changed: 0, same: 0, ending: 0, left: 0, bad: 0, missing: 0, listed: 0 };
  return {
    ...none,
    ...Object.fromEntries(rows.map((row) => [row.kind, row.rows])),
    ...(await countPeople(on, importId)),
  };
}

/** Of those alone who are on the register: they may be others than when the file was read. */
export async function countPeople(
  on: Tx | Context["db"],
  importId: string,
): Promise<Pick<Counts, "missing" | "listed">> {
  const [file] = await on
    .select({ isWhole: staffImport.isWhole })
    .from(staffImport)
    .where(eq(staffImport.id, importId));
  const { rows } = await on.execute<{ missing: number; listed: number }>(
    sql`select count(*)::int as listed, count(*) filter (where ${notNamed(importId)})::int as missing
        from account a where a.listed_at is not null and a.status <> 'closed'`,
  );
  const [count = { missing: 0, listed: 0 }] = rows;
  return { listed: count.listed, missing: file?.isWhole ? count.missing : 0 };
}

/**
 * Of account `a`: the file has no row with its identity, be it a bad one. While the lookup key is replaced, either may be
 * further than the other; each comparison by itself can be hashed.
 */
export const notNamed = (importId: string) =>
  sql.join(
    [
      ["identity_index", "identity_index"],
      ["identity_index", "identity_index_former"],
      ["identity_index_former", "identity_index"],
    ].map(
      ([row, account]) =>
        sql`not exists (select from staff_import_row n where n.import_id = ${importId} and ${sql.raw(`n.${row} = a.${account}`)})`,
    ),
    sql` and `,
  );
