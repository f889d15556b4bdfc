import { run } from "#db/named.ts";
import type { Context } from "#lib/kernel/context.ts";

export type DifferenceField = "full_name" | "official_email" | "office";
export type Difference = {
  accountId: string;
  field: DifferenceField;
  /** Whose account it is: their name as the account has it. */
  fullName: string;
  /** What the account says, and what the register does: a name, a mailbox, or an office's code and name. */
  now: string;
  register: string;
  seenAt: Date;
  /** The office's word is still awaited, and this is why the register is not it. */
  isUnconfirmed: boolean;
};

const DIFFERENCES_A_PAGE = 50;

const listStatement = {
  name: "differences_open",
  text: `select d.account_id as "accountId", d.field, a.full_name as "fullName", d.seen_at as "seenAt",
      a.staff_confirmed_at is null as "isUnconfirmed",
      case d.field when 'full_name' then a.full_name when 'official_email' then a.official_email::text
        else o.code || ' ' || o.name end as now,
      case d.field when 'office' then w.code || ' ' || w.name else d.value end as register
    from staff_difference d join account a on a.id = d.account_id join office o on o.id = a.office_id
      left join office w on d.field = 'office' and w.id::text = d.value
    where d.state = 'open' and a.status <> 'closed'
      and ($1::text is null or d.account_id::text || d.field > $1)
    order by d.account_id::text || d.field limit ${DIFFERENCES_A_PAGE + 1}`,
};

/** What the register says otherwise than accounts do and nobody has looked at, a page after the one named. */
export async function listDifferences(
  ctx: Context,
  after: string | null,
): Promise<{ differences: Difference[]; next: string | null }> {
  const rows = await run<Difference>(ctx.db, listStatement, [after]);
  const differences = rows.slice(0, DIFFERENCES_A_PAGE);
  const last = differences.at(-1);
  return { differences, next: rows.length > DIFFERENCES_A_PAGE && last ? `${last.accountId}${last.field}` : null };
}

export async function countDifferences(ctx: Context): Promise<number> {
  const [counted] = await run<{ open: number }>(
    ctx.db,
    {
      name: "differences_counted",
      text: `select count(*)::int as open from staff_difference d join account a on a.id = d.account_id
        where d.state = 'open' and a.status <> 'closed'`,
    },
    [],
  );
  return counted?.open ?? 0;
}
