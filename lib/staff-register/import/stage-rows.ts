import { sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { sealIdentity } from "#lib/account/seal-identity.ts";
import { indexColumns } from "#lib/kernel/blind-index.ts";
import { beginningOf } from "#lib/kernel/calendar-day.ts";
import type { Context } from "#lib/kernel/context.ts";
import { maskIdentity } from "#lib/kernel/identity-number.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import type { ParsedRow } from "../row/parse-row.ts";
import { judged } from "./judge-rows.ts";

export type Staged = ReturnType<typeof stagedRow>;

/**
 * Keeps rows as they were understood, judged, in one statement. Rows must come in the order of the file; `today` is the
 * agency's day (`2026-11-20`).
 */
export async function stageRows(tx: Tx, importId: string, rows: readonly Staged[], today: string): Promise<void> {
  const identities = new Set<string>();
  const mailboxes = new Set<string>();
  const staged = rows.map((row) => alongside(row, identities, mailboxes));
  // What is wrong by itself, or with one beside it, needs no account to judge it.
  const source = sql`select * from jsonb_to_recordset(${JSON.stringify(staged)}::jsonb) as r (line int, reasons text[],
    identity_type text, identity_index text, identity_index_former text, identity_sealed text, identity_shown text, full_name text, official_email text,
    office_id uuid, opens_at timestamptz, leaves_on date, new_account_id uuid)`;
  await tx.execute(sql`
    with rows as (${source}), judged as (${judged(importId, sql`select * from rows where reasons is null`, today)})
    insert into staff_import_row (import_id, line, kind, reasons, identity_type, identity_index, identity_index_former, identity_sealed, identity_shown,
      full_name, official_email, office_id, opens_at, leaves_on, account_id, new_account_id)
    select ${importId}::uuid, r.line, coalesce(j.kind, 'bad'), coalesce(r.reasons, j.reasons), r.identity_type, r.identity_index, r.identity_index_former,
      r.identity_sealed, r.identity_shown, r.full_name, r.official_email, r.office_id, r.opens_at, r.leaves_on, j.account_id,
      r.new_account_id
    from rows r left join judged j on j.line = r.line`);
}

/** A row as it is kept: its identity is sealed to the account it would become. */
export function stagedRow(ctx: Pick<Context, "keys" | "now" | "random">, row: ParsedRow) {
  const { line, identity, fullName, officialEmail, officeId, opensOn, leavesOn } = row;
  const newAccountId = uuidv7(ctx.now(), ctx.random);
  const indexes = identity && indexColumns(ctx.keys, identity);
  return {
    line,
    reasons: row.reasons.length > 0 ? [...row.reasons] : null,
    identity_type: identity?.type ?? null,
    identity_index: indexes?.identityIndex ?? null,
    identity_index_former: indexes?.identityIndexFormer ?? null,
    identity_sealed: identity && sealIdentity(ctx, newAccountId, identity),
    identity_shown: identity ? maskIdentity(identity) : (row.typed?.identity ?? null),
    full_name: fullName ?? row.typed?.name ?? null,
    official_email: officialEmail,
    office_id: officeId,
    opens_at: opensOn && beginningOf(opensOn).toISOString(),
    leaves_on: leavesOn,
    new_account_id: newAccountId,
  };
}

/** Of two in the same batch that mean the same person or mailbox the first counts; those of other batches are looked up. */
function alongside(row: Staged, identities: Set<string>, mailboxes: Set<string>): Staged {
  if (row.reasons !== null || row.identity_index === null) return row;
  if (identities.has(row.identity_index)) return { ...row, reasons: ["duplicate_identity"] };
  if (row.official_email !== null && mailboxes.has(row.official_email)) return { ...row, reasons: ["duplicate_email"] };
  identities.add(row.identity_index);
  if (row.official_email !== null) mailboxes.add(row.official_email);
  return row;
}
