import { sql } from "drizzle-orm";
import { beginningOf, dayOf } from "#lib/kernel/calendar-day.ts";
import type { Context } from "#lib/kernel/context.ts";
import { after } from "#lib/kernel/time.ts";
import { tellOfPlaces } from "./places/tell-of-place.ts";
import { REMINDED_AHEAD } from "./session/session-times.ts";

/** Reminders owed in one transaction. */
const PIECE = 200;

/**
 * The job: reminds whoever comes to a session of the next 24 hours, each once and piece by piece, and closes sessions whose
 * day is past. Whoever took their place within those 24 hours was written to just then. Null where there was nothing to do.
 */
export async function keepSessions(ctx: Context): Promise<{ reminded: number; closed: number } | null> {
  let reminded = 0;
  for (let piece = PIECE; piece === PIECE; reminded += piece) piece = await remindSome(ctx);
  const closed = await closePast(ctx);
  return reminded + closed > 0 ? { reminded, closed } : null;
}

const remindSome = (ctx: Context): Promise<number> =>
  ctx.db.transaction(async (tx) => {
    const now = ctx.now();
    const { rows } = await tx.execute<{ placeId: string; accountId: string }>(sql`
      update onsite_place set reminded_at = ${now}::timestamptz where id = any(array(
        select p.id from onsite_place p join onsite_session s on s.id = p.session_id
        where s.state = 'open' and s.starts_at > ${now}::timestamptz and s.starts_at <= ${after(now, REMINDED_AHEAD)}::timestamptz
          and p.state = 'booked' and p.reminded_at is null and p.since <= s.starts_at - make_interval(secs => ${REMINDED_AHEAD / 1_000})
        order by p.id limit ${PIECE} for no key update of p skip locked))
      returning id as "placeId", account_id as "accountId"`);
    await tellOfPlaces(tx, ctx, "day_before", rows);
    return rows.length;
  });

async function closePast(ctx: Context): Promise<number> {
  const today = beginningOf(dayOf(ctx.now()));
  const { rowCount } = await ctx.db.execute(sql`
    update onsite_session set state = 'closed' where state = 'open' and ends_at < ${today}::timestamptz`);
  return rowCount ?? 0;
}
