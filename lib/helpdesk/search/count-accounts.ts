import { type AccountStatus, accountStatuses } from "#db/schema/account.ts";
import type { Context } from "#lib/kernel/context.ts";
import { type Officer, scopeOf, scopeParameter } from "#lib/office/roles/rights.ts";

const countStatement = `with counted as (
    insert into account_count (office_id, status, count, counted_at)
    select office_id, status, count(*), $1 from account group by 1, 2 order by 1, 2
    on conflict (office_id, status) do update set count = excluded.count, counted_at = excluded.counted_at returning 1
  ), gone as (
    delete from account_count c where not exists (select from account a where a.office_id = c.office_id and a.status = c.status)
  )
  select count(*)::int as groups from counted`;

/** Counts all accounts by office and state and keeps the counts; by the clock. Lists show them with their age. */
export async function countAccounts(ctx: Pick<Context, "db" | "now">): Promise<{ groups: number }> {
  const { rows } = await ctx.db.$client.query<{ groups: number }>(countStatement, [ctx.now()]);
  return { groups: rows[0]?.groups ?? 0 };
}

export type OfficeCounts = {
  id: string;
  code: string;
  name: string;
  counts: Partial<Record<AccountStatus, number>>;
};

const savedStatement = {
  name: "account_counts",
  text: `select o.id, o.code, o.name, coalesce(jsonb_object_agg(c.status, c.count) filter (where c.status is not null), '{}') as counts, max(c.counted_at) as "countedAt"
    from office o left join account_count c on c.office_id = o.id
    where ($1::uuid[] is null or o.id = any($1)) group by o.id order by o.code, o.name`,
};

/** The offices an officer sees, with how many accounts each has in each state as last counted; `at` null: not yet. */
export async function savedCounts(
  ctx: Pick<Context, "db">,
  officer: Officer,
): Promise<{ offices: OfficeCounts[]; at: Date | null }> {
  const values = [scopeParameter(scopeOf(officer, "account.view"))];
  const { rows } = await ctx.db.$client.query<OfficeCounts & { countedAt: Date | null }>({ ...savedStatement, values });
  const times = rows.flatMap(({ countedAt }) => (countedAt ? [countedAt.getTime()] : []));
  return {
    offices: rows.map(({ countedAt: _, ...office }) => office),
    at: times.length > 0 ? new Date(Math.max(...times)) : null,
  };
}

/** The sum by state over the offices, or of one of them. */
export function sumCounts(offices: readonly OfficeCounts[], officeId: string | null): Record<AccountStatus, number> {
  const counted = offices.filter(({ id }) => officeId === null || id === officeId);
  const sum = (status: AccountStatus) => counted.reduce((total, { counts }) => total + (counts[status] ?? 0), 0);
  return Object.fromEntries(accountStatuses.map((status) => [status, sum(status)])) as Record<AccountStatus, number>;
}
