import { sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import type { Context } from "#lib/kernel/context.ts";
import { uuidOfBytes } from "#lib/kernel/uuid.ts";
import { type Lines, within } from "../import/judge-again.ts";
import { earliestSuspension } from "./grace.ts";

/**
 * Proposes as leavers those whose last day of service some lines tell: suspended by the clock when it is over, and not
 * before their office had a day to keep them. A date that was dealt with is not proposed again; nor is who was suspended already.
 */
export async function proposeEnding(
  tx: Tx,
  ctx: Context,
  lines: Lines,
): Promise<{ accountId: string; leaverId: string }[]> {
  // Ids are drawn here, for chance comes in through the context alone: the database makes each of a row's line.
  const salt = uuidOfBytes(ctx.random(16));
  const { rows } = await tx.execute<{ accountId: string; leaverId: string; state: string }>(sql`
    insert into staff_leaver (id, account_id, import_id, why, leaves_on, state, proposed_at, suspends_at)
    select md5(${salt} || a.id::text)::uuid, a.id, ${lines.importId}, 'ended', r.leaves_on,
      case when a.status = 'suspended' then 'moot' else 'proposed' end, ${ctx.now()}::timestamptz,
      greatest((r.leaves_on + 1)::timestamp at time zone 'Asia/Kuala_Lumpur', ${earliestSuspension(ctx.now())}::timestamptz)
    from staff_import_row r join account a on a.id = coalesce(r.account_id, r.new_account_id)
    where ${within(lines)} and r.kind in ('new', 'ending') and r.leaves_on is not null and a.status <> 'closed'
      and not exists (select from staff_leaver l where l.account_id = a.id and l.leaves_on = r.leaves_on
        and l.state in ('proposed', 'kept', 'suspended', 'moot'))
    on conflict do nothing returning account_id as "accountId", id as "leaverId", state`);
  return rows.filter(({ state }) => state === "proposed");
}
