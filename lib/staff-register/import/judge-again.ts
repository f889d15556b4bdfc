import { sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { judged } from "./judge-rows.ts";

/** Some lines of a file: those after one and up to another. */
export type Lines = { importId: string; after: number; upTo: number };

export const within = ({ importId, after, upTo }: Lines) =>
  sql`r.import_id = ${importId} and r.line > ${after} and r.line <= ${upTo}`;

const which = {
  known: sql`r.kind in ('changed', 'same', 'ending', 'left')`,
  missed: sql`r.kind = 'new' and not exists (select from account a where a.id = r.new_account_id)`,
};

/**
 * Judges lines as the accounts stand now: those about people who had an account in the preview, or new ones whose account
 * could not be made, since somebody else has their identity or mailbox by now. What was bad stays so.
 */
export async function judgeAgain(tx: Tx, lines: Lines, today: string, of: keyof typeof which): Promise<void> {
  const rows = sql`select * from staff_import_row r where ${within(lines)} and ${which[of]}`;
  // Worked out once: beside the rows it changes, a plan would judge all of them again for each.
  await tx.execute(sql`
    with j as materialized (${judged(lines.importId, rows, today)})
    update staff_import_row r set kind = j.kind, reasons = j.reasons, account_id = j.account_id
    from j where r.import_id = ${lines.importId} and r.line = j.line
      and (r.kind, r.account_id, r.reasons) is distinct from (j.kind, j.account_id, j.reasons)`);
}
