import { type SQL, sql } from "drizzle-orm";
import { isTheRegisters } from "./is-the-registers.ts";

/**
 * Lays rows beside the accounts, the register's differences that are known, and the rows before them in the file: what
 * each would do. `rows` is a statement that yields the columns of `staff_import_row`. The preview and the applying ask the
 * very same. `today`: where the agency is.
 *
 * new: nobody has the identity. changed: its account is not on the register yet, awaits its office's word, or says
 * something else. ending: a last day of service that nobody has dealt with. left: a last day that is past, and no account.
 */
export const judged = (importId: string, rows: SQL, today: string): SQL => sql`
  select r.line, r.account_id, r.confirms, r.corrects, r.differs, r.lists,
    case when r.wrong is not null then 'bad'
      when r.account_id is null and r.leaves_on < ${today}::date then 'left'
      when r.account_id is null then 'new'
      when r.ends then 'ending'
      when r.lists or r.confirms or r.corrects or r.differs then 'changed'
      else 'same' end as kind,
    case when r.wrong is null then null else array[r.wrong] end as reasons
  from (
    select r.*,
      case
        when exists (select from staff_import_row d where d.import_id = ${importId} and d.identity_index = r.identity_index
          and d.line < r.line and d.kind <> 'bad') then 'duplicate_identity'
        when r.account_id is null and r.leaves_on < ${today}::date then null
        when r.account_id is null and r.full_name is null then 'name_missing'
        when r.account_id is null and r.official_email is null then 'email_missing'
        when r.account_id is null and r.office_id is null then 'office_missing'
        when r.holder_id is not null and r.holder_id is distinct from r.account_id then 'email_taken'
        when r.official_email is not null and exists (select from staff_import_row d where d.import_id = ${importId}
          and d.official_email = r.official_email and d.line < r.line and d.kind <> 'bad') then 'duplicate_email'
      end as wrong
    from (
      select r.line, r.identity_index, r.identity_index_former, r.full_name, r.official_email, r.office_id, r.leaves_on,
        a.id as account_id, m.id as holder_id,
        a.id is not null and a.listed_at is null as lists,
        coalesce(a.staff_confirmed_at is null and r.official_email = lower(a.official_email::text), false) as confirms,
        coalesce(${isTheRegisters} and (${differing("a", "r")} or r.opens_at <> a.opens_at or r.opens_at is not null and a.opens_at is null), false)
          as corrects,
        (${isTheRegisters}) is not true and (${unknownDifference}) as differs,
        a.id is not null and r.leaves_on is not null and not exists (select from staff_leaver l where l.account_id = a.id
          and l.leaves_on = r.leaves_on and l.state in ('proposed', 'kept', 'suspended', 'moot')) as ends
      from (${rows}) r
      left join account a on (a.identity_index = r.identity_index or ${whileReplaced}) and a.status <> 'closed'
      left join account m on m.official_email = r.official_email::citext and m.status <> 'closed'
      -- What is asked twice below is worked out once.
      offset 0
    ) r
    offset 0
  ) r`;

/** While the lookup key is replaced, the account or the row may be further than the other; each has an index. */
const whileReplaced = sql.raw(
  "coalesce(a.identity_index_former, a.identity_index) = coalesce(r.identity_index_former, r.identity_index)",
);

/** The register's capitals are no other name. */
const differing = (account: string, row: string): SQL =>
  sql.raw(`(lower(${row}.full_name) <> lower(${account}.full_name) or ${row}.official_email <> lower(${account}.official_email::text)
    or ${row}.office_id <> ${account}.office_id)`);

/** A null on either side compares to null, which is no difference: what the file does not say changes nothing. */
const unknownDifference = sql.raw(
  [
    ["full_name", "lower(r.full_name) <> lower(a.full_name)", "r.full_name"],
    ["official_email", "r.official_email <> lower(a.official_email::text)", "r.official_email"],
    ["office", "r.office_id <> a.office_id", "r.office_id::text"],
  ]
    .map(
      ([field, differs, value]) => `coalesce(${differs} and not exists (select from staff_difference s
        where s.account_id = a.id and s.field = '${field}' and s.value = ${value}), false)`,
    )
    .join(" or "),
);
