import { sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { takeSystemRoles } from "#lib/helpdesk/systems/take-system-roles.ts";
import type { Context } from "#lib/kernel/context.ts";
import { proposeEnding } from "../leavers/propose-ending.ts";
import { isTheRegisters } from "./is-the-registers.ts";
import { type Lines, within } from "./judge-again.ts";

export type Updated = {
  /** Accounts that the register did not name before. */
  listed: string[];
  /** Those whose office's word they waited for: the register is that word, where the mailbox is theirs too. */
  confirmed: { id: string; isActivated: boolean }[];
  proposed: { accountId: string; leaverId: string }[];
};

/** Good rows about people who have an account, held in the order of their ids. */
const good = (lines: Lines) =>
  sql`${within(lines)} and r.kind in ('changed', 'same', 'ending') and r.account_id is not null`;

/**
 * What some lines say of people who have an account. Before its activation an account is as the register says, unless its
 * person is to be an officer; from then on it is its owner's, and what differs is kept to be looked at. `tellsEndings`: the
 * file has a column of last days, so that where it is empty nobody leaves; a file without one says nothing of that.
 */
export async function updatePeople(
  tx: Tx,
  ctx: Context,
  lines: Lines,
  { tellsEndings }: { tellsEndings: boolean },
): Promise<Updated> {
  const now = ctx.now();
  await tx.execute(sql`select a.id from account a where a.id in (select r.account_id from staff_import_row r where ${good(lines)})
    order by a.id for no key update`);
  const moving = await movingWithRoles(tx, lines);
  await correctWaiting(tx, now, lines);
  for (const id of moving) await takeSystemRoles(tx, ctx, id);
  // An identity alone confirms nobody: a colleague may have registered with it, and a mailbox of their own.
  const { rows: confirmed } = await tx.execute<{ id: string; isActivated: boolean }>(sql`
    update account a set staff_confirmed_at = ${now}::timestamptz from staff_import_row r
    where ${good(lines)} and a.id = r.account_id and a.staff_confirmed_at is null
      and r.official_email = lower(a.official_email::text)
    returning a.id, a.status = 'activated' as "isActivated"`);
  const { rows: listed } = await tx.execute<{ id: string }>(sql`
    update account a set listed_at = ${now}::timestamptz, delisted_at = null from staff_import_row r
    where ${good(lines)} and a.id = r.account_id and a.listed_at is null returning a.id`);
  await tx.execute(sql`
    update staff_leaver l set state = 'withdrawn', decided_at = ${now}::timestamptz from staff_import_row r
    where ${good(lines)} and l.account_id = r.account_id and l.state = 'proposed'
      and (l.why = 'missing' or ${tellsEndings} and l.leaves_on is distinct from r.leaves_on)`);
  await keepDifferences(tx, now, lines);
  const proposed = await proposeEnding(tx, ctx, lines);
  return { listed: listed.map(({ id }) => id), confirmed, proposed };
}

/** Whose office becomes another one before they have activated, and has given them roles in systems meanwhile. */
async function movingWithRoles(tx: Tx, lines: Lines): Promise<string[]> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    select a.id from staff_import_row r join account a on a.id = r.account_id
    where ${good(lines)} and ${isTheRegisters} and r.office_id <> a.office_id
      and exists (select from relying_party_role_grant g where g.account_id = a.id and g.ended_at is null)
    order by a.id`);
  return rows.map(({ id }) => id);
}

/** Links that were mailed to a mailbox that is no longer the account's open nothing. */
async function correctWaiting(tx: Tx, now: Date, lines: Lines): Promise<void> {
  await tx.execute(sql`
    update activation_link k set superseded_at = ${now}::timestamptz from staff_import_row r, account a
    where ${good(lines)} and a.id = r.account_id and ${isTheRegisters} and r.official_email <> lower(a.official_email::text)
      and k.account_id = a.id and k.consumed_at is null and k.superseded_at is null`);
  await tx.execute(sql`
    update account a set full_name = coalesce(r.full_name, a.full_name), official_email = coalesce(r.official_email::citext, a.official_email),
      office_id = coalesce(r.office_id, a.office_id), opens_at = coalesce(r.opens_at, a.opens_at)
    from staff_import_row r
    where ${good(lines)} and a.id = r.account_id and ${isTheRegisters}
      and (r.full_name is distinct from a.full_name or r.official_email is distinct from lower(a.official_email::text)
        or r.office_id is distinct from a.office_id or r.opens_at is distinct from a.opens_at)`);
}

/** One for each field; what is as the account says now is no difference any more. */
async function keepDifferences(tx: Tx, now: Date, lines: Lines): Promise<void> {
  await tx.execute(sql`
    with said as (
      select a.id, f.field, f.value, f.differs from staff_import_row r join account a on a.id = r.account_id,
        lateral (values
          ('full_name', r.full_name, lower(r.full_name) <> lower(a.full_name)),
          ('official_email', r.official_email, r.official_email <> lower(a.official_email::text)),
          ('office', r.office_id::text, r.office_id <> a.office_id)) as f (field, value, differs)
      where ${good(lines)} and not (${isTheRegisters}) and a.status <> 'closed' and f.value is not null
    ), gone as (
      delete from staff_difference d using said s where d.account_id = s.id and d.field = s.field and not s.differs
    )
    insert into staff_difference (account_id, field, value, seen_at, state)
    select s.id, s.field, s.value, ${now}::timestamptz, 'open' from said s where s.differs
    on conflict (account_id, field) do update set value = excluded.value, seen_at = excluded.seen_at, state = 'open',
      decided_by = null, decided_at = null
    where staff_difference.value is distinct from excluded.value`);
}
