import { type SQL, sql } from "drizzle-orm";
import type { staffImport } from "#db/schema/staff-register.ts";
import type { Context } from "#lib/kernel/context.ts";
import { givesRank } from "#lib/session/grants-in-force.ts";
import { earliestSuspension } from "./grace.ts";

/** How many are suspended by the clock on a day (`2026-11-22`), unless somebody decides earlier. */
export type Suspension = { day: string; people: number };

/**
 * Whom a file has suspended without anybody's decision, and when: of one that is to be applied, whose last day its rows
 * tell; of one that was, who still waits. Who holds a role is never among them. Earliest day first; whom a whole file
 * leaves out has no day before somebody chooses it.
 */
export async function foreseeSuspensions(
  ctx: Context,
  { id, state }: Pick<typeof staffImport.$inferSelect, "id" | "state">,
): Promise<Suspension[]> {
  if (state !== "ready" && state !== "applied") return [];
  const hasRole = (account: SQL) => sql`exists (select from role_grant g where g.account_id = ${account}
    and ${rankNow(ctx)})`;
  const going =
    state === "ready"
      ? sql`select greatest(((r.leaves_on + 1)::timestamp at time zone 'Asia/Kuala_Lumpur'),
            ${earliestSuspension(ctx.now())}::timestamptz) as at
          from staff_import_row r left join account a on a.id = r.account_id
          where r.import_id = ${id} and r.kind in ('new', 'ending') and r.leaves_on is not null
            and a.status is distinct from 'suspended' and a.status is distinct from 'closed' and not ${hasRole(sql`a.id`)}`
      : sql`select l.suspends_at as at from staff_leaver l join account a on a.id = l.account_id
          where l.import_id = ${id} and l.state = 'proposed' and l.suspends_at is not null
            and a.status not in ('suspended', 'closed') and not ${hasRole(sql`a.id`)}`;
  const { rows } = await ctx.db.execute<Suspension>(sql`
    select to_char(at at time zone 'Asia/Kuala_Lumpur', 'YYYY-MM-DD') as day, count(*)::int as people
    from (${going}) g group by day order by day`);
  return rows;
}

const rankNow = (ctx: Context): SQL =>
  sql.join(
    givesRank("$now")
      .split("$now")
      .map((piece) => sql.raw(piece)),
    sql`${ctx.now()}`,
  );
