import { run } from "#db/named.ts";
import { COUNTED_TO } from "#lib/helpdesk/cases/count-work.ts";
import type { Context } from "#lib/kernel/context.ts";
import { type Officer, scopeCondition, scopeOf, scopeParameter } from "#lib/office/roles/rights.ts";

const countStatement = {
  name: "move_requests_counted",
  text: `select (select count(*)::int from (select 1 from move_request q join account a on a.id = q.account_id
      where q.campaign_id = $1 and q.state = 'open' and ${scopeCondition("a.office_id", "$2")} limit ${COUNTED_TO}) n) as "open",
    (select count(*)::int from (select 1 from move_request q join account a on a.id = q.account_id
      where q.campaign_id = $1 and q.state <> 'open' and ${scopeCondition("a.office_id", "$2")} limit ${COUNTED_TO}) n) as "decided"`,
};

/** How many wait and how many were decided in a campaign, in the officer's offices; counted to `COUNTED_TO`. */
export async function countRequests(
  ctx: Context,
  officer: Officer,
  campaignId: string,
): Promise<{ open: number; decided: number }> {
  const scope = scopeParameter(scopeOf(officer, "move.request"));
  const [counted] = await run<{ open: number; decided: number }>(ctx.db, countStatement, [campaignId, scope]);
  return counted ?? { open: 0, decided: 0 };
}

export type MoveWork = { campaignId: string; nameMs: string; nameEn: string; waiting: number; longestSince: Date };

const workStatement = {
  name: "move_requests_work",
  text: `select q.campaign_id as "campaignId", c.name_ms as "nameMs", c.name_en as "nameEn", count(*)::int as "waiting",
      min(q.requested_at) as "longestSince"
    from move_request q join account a on a.id = q.account_id join campaign c on c.id = q.campaign_id
    where q.state = 'open' and c.state in ('announced', 'running') and q.requested_by <> $2 and q.account_id <> $2
      and ${scopeCondition("a.office_id", "$1")}
    group by 1, 2, 3 order by 5 limit 20`,
};

/** What waits for an officer who may decide, by campaign; not what they asked for themselves or what is about them. One query. */
export const listMoveWork = (ctx: Context, officer: Officer): Promise<MoveWork[]> =>
  run<MoveWork>(ctx.db, workStatement, [scopeParameter(scopeOf(officer, "move.decide")), officer.accountId]);
