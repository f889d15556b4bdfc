import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { dailyCountRun } from "#db/schema/insight.ts";
import type { Context } from "#lib/kernel/context.ts";
import { before, type Duration, days } from "#lib/kernel/time.ts";
import { activations, funnel, letters, locks, signIns } from "./counts.ts";

/** Events do not change once their day is over, and this one covers clocks that differ. */
const EVENTS_SETTLE = days(1);
/** Letters come back, or are complained of, for days after they were sent. */
const LETTERS_SETTLE = days(14);

const ONE_AT_A_TIME = 58626;

/**
 * Brings the figures people look at up to date: of days that can still change, and of those since the last time; the first
 * time of all. One counter at a time; whoever comes second does nothing. Answers when it was counted, or null.
 */
export async function countDays(ctx: Context): Promise<{ countedAt: Date } | null> {
  return ctx.db.transaction(async (tx) => {
    const lock = await tx.execute<{ mine: boolean }>(sql`select pg_try_advisory_xact_lock(${ONE_AT_A_TIME}) as mine`);
    if (!lock.rows[0]?.mine) return null;
    const [run] = await tx.select().from(dailyCountRun);
    const from = (settle: Duration) => (run ? before(run.countedAt, settle) : null);
    const countedAt = ctx.now();
    await renew(tx, "funnel.%", null, funnel());
    for (const [pattern, settle, counted] of [
      ["activations", EVENTS_SETTLE, activations],
      ["sign_in.%", EVENTS_SETTLE, signIns],
      ["lock.%", EVENTS_SETTLE, locks],
      ["mail.%", LETTERS_SETTLE, letters],
    ] as const)
      await renew(tx, pattern, from(settle), counted(from(settle)));
    await tx
      .insert(dailyCountRun)
      .values({ id: 1, countedAt })
      .onConflictDoUpdate({ target: dailyCountRun.id, set: { countedAt } });
    return { countedAt };
  });
}

/** Only rows that differ are written: most days stand as they were. */
async function renew(tx: Tx, pattern: string, from: Date | null, counted: SQL): Promise<void> {
  await tx.execute(sql`
    with fresh as materialized (${counted}), gone as (
      delete from daily_count d where d.metric like ${pattern}
        and (${from}::timestamptz is null or d.day >= (${from}::timestamptz at time zone 'Asia/Kuala_Lumpur')::date)
        and not exists (select from fresh f where f.day = d.day and f.office_id = d.office_id and f.metric = d.metric)
    )
    insert into daily_count as d (day, office_id, metric, count) select day, office_id, metric, count from fresh
    on conflict (day, office_id, metric) do update set count = excluded.count where d.count <> excluded.count`);
}
