import { sql } from "drizzle-orm";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { holds, reachesOffice, scopeOf } from "#lib/office/roles/rights.ts";
import { officerOf } from "#lib/office/roles/rights-now.ts";
import type { Metric } from "./metrics.ts";
import { type Span, weeksUntil } from "./weeks.ts";

export type OfficeNamed = { id: string; name: string };

export type Insights = {
  /** When the figures were counted; null before the first time. */
  asOf: Date | null;
  /** Those in the officer's scope, by code and name. */
  offices: OfficeNamed[];
  /** Mondays, oldest first. */
  weeks: string[];
  inWeek: (metric: Metric, week: string) => number;
  inOffice: (metric: Metric, officeId: string) => number;
  inAll: (metric: Metric) => number;
};

type Row = { metric: Metric; week: string | null; office_id: string | null; count: number };

/**
 * The figures of the last weeks: of one office, or of all in the officer's scope. Saved ones; nothing is counted here.
 * Refused as `not_found` and recorded: an office outside the scope or none at all, and whoever has no such right.
 */
export async function viewInsights(
  ctx: Context,
  { span, officeId }: { span: Span; officeId: string | null },
): Promise<Result<Insights, "not_found">> {
  const officer = await officerOf(ctx.db, ctx);
  const scope = officer && holds(officer, "insights.view") ? scopeOf(officer, "insights.view") : null;
  if (!scope || (officeId !== null && !(isUuid(officeId) && reachesOffice(scope, officeId)))) return notThere(ctx);
  const weeks = weeksUntil(ctx.now(), span);
  const within = (column: string) =>
    scope.all ? sql`true` : sql`${sql.raw(column)} = any(${sql.param([...scope.offices])}::uuid[])`;
  const chosen = officeId === null ? within("d.office_id") : sql`d.office_id = ${officeId}`;
  const [counted, offices, run] = await Promise.all([
    ctx.db.execute<Row>(sql`
      select d.metric, date_trunc('week', d.day)::date::text as week, d.office_id, sum(d.count)::int as count
      from daily_count d where d.day >= ${weeks[0]}::date and ${chosen}
      group by grouping sets ((d.metric, date_trunc('week', d.day)), (d.metric, d.office_id), (d.metric))`),
    ctx.db.execute<OfficeNamed>(
      sql`select o.id, o.code || ' ' || o.name as name from office o where ${within("o.id")} order by o.code, o.name`,
    ),
    ctx.db.execute<{ at: string }>(sql`select counted_at as at from daily_count_run`),
  ]);
  if (officeId !== null && !offices.rows.some(({ id }) => id === officeId)) return notThere(ctx);
  const found = new Map(
    counted.rows.map(({ metric, week, office_id, count }) => [`${metric} ${week ?? office_id}`, count]),
  );
  const at = run.rows[0]?.at;
  const of = (metric: Metric, part: string | null) => found.get(`${metric} ${part}`) ?? 0;
  return ok({
    asOf: at === undefined ? null : new Date(at),
    offices: offices.rows,
    weeks,
    inWeek: of,
    inOffice: of,
    inAll: (metric) => of(metric, null),
  });
}

async function notThere(ctx: Context): Promise<Result<never, "not_found">> {
  await ctx.db.transaction((tx) =>
    record(tx, ctx, { type: "access.refused", accountId: null, right: "insights.view" }),
  );
  return refuse("not_found");
}
