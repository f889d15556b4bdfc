import { sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { campaignRun } from "#db/schema/campaign-run.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import { countConcerned } from "./concerned.ts";
import { type Due, dueRuns, type PastRun, type Schedule } from "./due-runs.ts";

type Row = Schedule & {
  campaignId: string;
  phaseId: string;
  fromDay: string;
  untilDay: string;
  isFirst: boolean;
  past: (Omit<PastRun, "startedAt"> & { startedAt: string })[];
};

// An officer's own runs are left out: the schedule does not know them.
const phases = sql`
  select c.id as "campaignId", c.state, c.remind_days_before as "remindDaysBefore", c.quiet_weekdays as "quietWeekdays",
    c.quiet_days::text[] as "quietDays", f.id as "phaseId", f.from_day::text as "fromDay", f.until_day::text as "untilDay",
    not exists (select from campaign_phase e where e.campaign_id = c.id and e.number < f.number) as "isFirst",
    coalesce((select json_agg(json_build_object('kind', r.kind, 'occasion', r.occasion, 'state', r.state, 'startedAt', r.started_at))
      from campaign_run r where r.phase_id = f.id and r.started_by is null), '[]') as past
  from campaign c join campaign_phase f on f.campaign_id = c.id
  where c.state in ('announced', 'running') order by c.id, f.number`;

/** Begins the runs that the calendar asks for; each once, however many look at the same time. Answers how many. */
export function beginDueRuns(ctx: Context): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    const { rows } = await tx.execute<Row>(phases);
    let begun = 0;
    for (const { past, ...row } of rows) {
      const runs = past.map((run) => ({ ...run, startedAt: new Date(run.startedAt) }));
      for (const due of dueRuns(row, row, runs, ctx.now())) if (await begin(tx, ctx, row, due)) begun += 1;
    }
    return begun;
  });
}

type Place = Pick<Row, "campaignId" | "phaseId">;

async function begin(tx: Tx, ctx: Context, { campaignId, phaseId }: Place, { newcomersOnly, ...due }: Due) {
  const everybody = { campaignId, phaseId, kind: due.kind, heldUpBy: null, officeIds: null, after: null };
  if (newcomersOnly && (await countConcerned(tx, everybody, ctx.now())).owed === 0) return false;
  const id = uuidv7(ctx.now(), ctx.random);
  const [begun] = await tx
    .insert(campaignRun)
    .values({ id, campaignId, phaseId, ...due, state: "running", startedAt: ctx.now() })
    .onConflictDoNothing()
    .returning({ id: campaignRun.id });
  if (!begun) return false;
  await record(tx, ctx, {
    type: "campaign_letters.started",
    accountId: null,
    campaignId,
    runId: id,
    kind: due.kind,
    how: "schedule",
  });
  return true;
}
