import { type Named, run } from "#db/named.ts";
import type { campaignRun } from "#db/schema/campaign-run.ts";
import { type Reason, unsealReason } from "#lib/helpdesk/reason.ts";
import type { Context } from "#lib/kernel/context.ts";
import { holds, type Officer, scopeCondition, scopeOf, scopeParameter } from "#lib/office/roles/rights.ts";
import { reachesRun } from "./change-run.ts";

type Row = Pick<
  typeof campaignRun.$inferSelect,
  "id" | "kind" | "occasion" | "heldUpBy" | "officeIds" | "state" | "startedAt" | "endedAt" | "reasonSealed"
> & { phase: number; sent: number; unreachable: number; hadToday: number; by: string | null };

/** `by`: the officer's name, null of the schedule. `mayChange`: whether the officer who looks may pause or end it. */
export type ListedRun = Omit<Row, "reasonSealed"> & { reason: Reason | null; mayChange: boolean };

/** More than two years of reminders; older ones stand in the audit trail. */
const LIMIT = 50;

const statement: Named = {
  name: "campaign_runs",
  text: `
    with runs as (select * from campaign_run where campaign_id = $1
      and ($2::uuid[] is null or (office_ids is null or office_ids && $2::uuid[]) and exists (
        select from campaign_phase_office po where po.phase_id = campaign_run.phase_id and po.office_id = any($2::uuid[])))
      order by started_at desc, id desc limit ${LIMIT}),
    -- Whoever sees the whole agency reads what each run has counted; others, what it did in their offices.
    seen as (select l.run_id, count(*) filter (where l.outcome = 'owed')::int as sent,
        count(*) filter (where l.outcome = 'unreachable')::int as unreachable,
        count(*) filter (where l.outcome = 'had_today')::int as had_today
      from campaign_person p join campaign_letter l on l.account_id = p.account_id and l.run_id in (select id from runs)
      where $2::uuid[] is not null and p.campaign_id = $1 and ${scopeCondition("p.office_id", "$2")} group by 1)
    select r.id, r.kind, r.occasion, r.held_up_by as "heldUpBy", r.office_ids as "officeIds", r.state, r.started_at as "startedAt",
      r.ended_at as "endedAt", r.reason_sealed as "reasonSealed", f.number as phase, a.full_name as by,
      case when $2::uuid[] is null then r.sent else coalesce(s.sent, 0) end as sent,
      case when $2::uuid[] is null then r.unreachable else coalesce(s.unreachable, 0) end as unreachable,
      case when $2::uuid[] is null then r.had_today else coalesce(s.had_today, 0) end as "hadToday"
    from runs r join campaign_phase f on f.id = r.phase_id left join account a on a.id = r.started_by
      left join seen s on s.run_id = r.id order by r.started_at desc, r.id desc`,
};

/**
 * What a campaign has sent, newest first, and how many of the officer's offices it reached or passed over. Whom it is shown is
 * the page's to decide (`findBoard`); runs that write to none of their offices are not there.
 */
export async function listRuns(
  ctx: Pick<Context, "db" | "keys">,
  officer: Officer,
  campaignId: string,
): Promise<ListedRun[]> {
  const scope = scopeOf(officer, "campaign.view");
  const rows = await run<Row>(ctx.db, statement, [campaignId, scopeParameter(scope)]);
  const mayRemind = holds(officer, "campaign.remind");
  const own = scopeOf(officer, "campaign.remind");
  return rows.map(({ reasonSealed, ...row }) => {
    const isTheirs = mayRemind && reachesRun(own, row);
    return {
      ...row,
      reason: reasonSealed && isTheirs ? (unsealReason(ctx, reasonSealed, row.id) as Reason) : null,
      mayChange: isTheirs && (row.state === "running" || row.state === "paused"),
    };
  });
}
