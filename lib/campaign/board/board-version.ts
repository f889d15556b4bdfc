import { type Named, run } from "#db/named.ts";
import { dayOf } from "#lib/kernel/calendar-day.ts";
import type { Context } from "#lib/kernel/context.ts";
import { type Officer, scopeCondition, scopeOf, scopeParameter } from "#lib/office/roles/rights.ts";

// Whoever is moved to another office leaves no newer row behind: the counts of today say that they are gone.
const statement: Named = {
  name: "campaign_board_version",
  text: `
    select md5(concat_ws(' ', c.version, c.state,
      (select max(last.at) from office o cross join lateral (
        select max(p.checked_at) as at from campaign_person p where p.campaign_id = c.id and p.office_id = o.id
      ) last where ${scopeCondition("o.id", "$2")}),
      (select concat_ws('/', sum(d.not_begun), sum(d.under_way), sum(d.done)) from campaign_day d
        where d.campaign_id = c.id and d.day = $3::date and ${scopeCondition("d.office_id", "$2")}),
      (select concat_ws('/', sum(s.version), max(places.since), sum(places.count)) from onsite_session s cross join lateral (
        select max(l.since) as since, count(*) from onsite_place l where l.session_id = s.id
      ) places where s.campaign_id = c.id and s.state = 'open' and exists (select from onsite_session_office so
        where so.session_id = s.id and ${scopeCondition("so.office_id", "$2")}))
    )) as version
    from campaign c where c.id = $1`,
};

/**
 * Something that is otherwise as soon as what an officer sees on a board is: cheap to ask, whatever the number of people.
 * It tells of the officer's own offices.
 */
export async function boardVersion(
  ctx: Pick<Context, "db" | "now">,
  officer: Officer,
  campaignId: string,
): Promise<string> {
  const scope = scopeParameter(scopeOf(officer, "campaign.view"));
  const [found] = await run<{ version: string }>(ctx.db, statement, [campaignId, scope, dayOf(ctx.now())]);
  return found?.version ?? "";
}
