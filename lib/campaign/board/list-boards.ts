import { type Named, run } from "#db/named.ts";
import type { CampaignState } from "#db/schema/campaign.ts";
import { dayOf } from "#lib/kernel/calendar-day.ts";
import type { Context } from "#lib/kernel/context.ts";
import { holds, type Officer, scopeCondition, scopeOf, scopeParameter } from "#lib/office/roles/rights.ts";
import type { Progress } from "./progress.ts";

export type { CampaignState };

export type ListedBoard = {
  id: string;
  nameMs: string;
  nameEn: string;
  state: CampaignState;
  phases: number;
  /** First day of the first phase and last of the last: `2026-10-01`; null where there is no phase yet. */
  fromDay: string | null;
  untilDay: string | null;
  /** Number of the phase under way today. */
  phaseNow: number | null;
  progress: Progress;
};

/** More than an agency ever runs; older ones are found through the audit trail. */
const LIMIT = 100;

const statement: Named = {
  name: "campaign_boards",
  text: `
    select c.id, c.name_ms as "nameMs", c.name_en as "nameEn", c.state,
      coalesce(p.phases, 0) as phases, p.from_day as "fromDay", p.until_day as "untilDay", p.phase_now as "phaseNow",
      json_build_object('notBegun', coalesce(n.not_begun, 0), 'underWay', coalesce(n.under_way, 0),
        'done', coalesce(n.done, 0)) as progress
    from campaign c
    left join (
      select campaign_id, count(*)::int as phases, min(from_day)::text as from_day, max(until_day)::text as until_day,
        min(number) filter (where $3::date between from_day and until_day) as phase_now
      from campaign_phase group by 1
    ) p on p.campaign_id = c.id
    left join (
      select campaign_id, count(*) filter (where state = 'not_begun')::int as not_begun,
        count(*) filter (where state = 'under_way')::int as under_way, count(*) filter (where state = 'done')::int as done
      from campaign_person where state <> 'left' and ${scopeCondition("office_id", "$1")} group by 1
    ) n on n.campaign_id = c.id
    where $2 or c.state <> 'draft'
    order by array_position(array['running', 'announced', 'draft', 'closed'], c.state), p.from_day desc nulls last,
      c.created_at desc, c.id
    limit ${LIMIT}`,
};

/**
 * The campaigns an officer may see, those at work first, each with how far the people of their offices have come. Drafts
 * are the administration's: nobody else sees them.
 */
export const listBoards = (ctx: Pick<Context, "db" | "now">, officer: Officer): Promise<ListedBoard[]> =>
  run<ListedBoard>(ctx.db, statement, [
    scopeParameter(scopeOf(officer, "campaign.view")),
    holds(officer, "admin.view"),
    dayOf(ctx.now()),
  ]);
