import { sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import type { Context } from "#lib/kernel/context.ts";
import { type Lines, within } from "./judge-again.ts";

/**
 * The new people of some lines, pre-registered: they need no registration and may activate from the day their row says,
 * else from `opensAt`. `missed`: how many found their identity or mailbox taken in the same moment.
 */
export async function addPeople(
  tx: Tx,
  ctx: Context,
  lines: Lines,
  opensAt: Date | null,
): Promise<{ people: { id: string; officeId: string }[]; missed: number }> {
  const now = ctx.now();
  const { rows: people } = await tx.execute<{ id: string; officeId: string }>(sql`
    insert into account (id, status, identity_type, identity_sealed, identity_index, identity_index_former, full_name, official_email, office_id,
      opens_at, staff_confirmed_at, listed_at, created_at)
    select r.new_account_id, 'pre_registered', r.identity_type, r.identity_sealed, r.identity_index, r.identity_index_former, r.full_name,
      r.official_email::citext, r.office_id, coalesce(r.opens_at, ${opensAt}::timestamptz), ${now}::timestamptz, ${now}::timestamptz,
      ${now}::timestamptz
    from staff_import_row r where ${within(lines)} and r.kind = 'new' order by r.line
    on conflict do nothing returning id, office_id as "officeId"`);
  const { rows } = await tx.execute<{ wanted: number }>(
    sql`select count(*)::int as wanted from staff_import_row r where ${within(lines)} and r.kind = 'new'`,
  );
  return { people, missed: (rows[0]?.wanted ?? 0) - people.length };
}
