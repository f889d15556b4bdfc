import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { recordAll } from "#lib/audit/record.ts";
import { dayOf } from "#lib/kernel/calendar-day.ts";
import type { Context } from "#lib/kernel/context.ts";

/** The schedule's own runs after their phase, and all of a campaign that is not open: they have nothing to say any more. */
export const isOverdue = (ctx: Pick<Context, "now">): SQL =>
  sql`(c.state not in ('announced', 'running') or r.started_by is null and f.until_day < ${dayOf(ctx.now())}::date)`;

/** All runs of one campaign. */
export const areOf = (campaignId: string): SQL => sql`c.id = ${campaignId}::uuid`;

/** Ends the runs `r` of which something holds (their campaign is `c`, their phase `f`), where they have not ended. */
export async function endRuns(tx: Tx, ctx: Context, which: SQL): Promise<void> {
  const { rows } = await tx.execute<{ runId: string; campaignId: string }>(sql`
    update campaign_run r set state = 'stopped', ended_at = ${ctx.now()}::timestamptz from campaign c, campaign_phase f
    where c.id = r.campaign_id and f.id = r.phase_id and r.state in ('running', 'paused') and ${which}
    returning r.id as "runId", r.campaign_id as "campaignId"`);
  await recordAll(
    tx,
    ctx,
    rows.map((run) => ({ type: "campaign_letters.stopped" as const, accountId: null, ...run })),
  );
}
