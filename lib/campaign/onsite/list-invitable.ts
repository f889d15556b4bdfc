import { run } from "#db/named.ts";
import type { Context } from "#lib/kernel/context.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { type Officer, scopeCondition, scopeOf, scopeParameter } from "#lib/office/roles/rights.ts";
import type { CampaignPersonHeldUpBy } from "./held-up-by.ts";
import { INVITED_AT_ONCE } from "./places/invite-people.ts";

export type Invitable = {
  accountId: string;
  fullName: string;
  office: string;
  heldUpBy: CampaignPersonHeldUpBy | null;
};

const columns = `a.id as "accountId", a.full_name as "fullName", f.code || ' ' || f.name as office, p.held_up_by as "heldUpBy"`;
// People of the session's offices and the officer's whom its campaign is for, who are not done, nor asked to come yet.
const matching = `from campaign_person p join account a on a.id = p.account_id
      join onsite_session_office so on so.session_id = $2 and so.office_id = p.office_id join office f on f.id = a.office_id
    where p.campaign_id = $1 and p.state in ('not_begun', 'under_way') and a.office_id = p.office_id
      and a.status not in ('closed', 'suspended') and ($4::text is null or p.held_up_by = $4) and ${scopeCondition("p.office_id", "$3")}
      and not exists (select from onsite_place x where x.session_id = $2 and x.account_id = a.id and x.state <> 'given_up')`;
const listStatement = {
  name: "onsite_invitable",
  text: `select ${columns} ${matching}
      and ($5::uuid is null or (a.search_text, a.id) > (select b.search_text, b.id from account b where b.id = $5))
    order by a.search_text, a.id limit $6`,
};
const countStatement = {
  name: "onsite_invitable_count",
  text: `select p.held_up_by as "heldUpBy", count(*)::int as people ${matching} group by p.held_up_by order by people desc`,
};

type Of = { campaignId: string; sessionId: string };

/**
 * Whom an officer may ask to come to a session, by name, a page at a time; `heldUpBy` narrows it to those whom one thing
 * holds up. `after`: whom the page before ended with.
 */
export async function listInvitable(
  ctx: Pick<Context, "db">,
  officer: Officer,
  { campaignId, sessionId }: Of,
  { heldUpBy, after }: { heldUpBy: CampaignPersonHeldUpBy | null; after: string | null },
): Promise<{ people: Invitable[]; next: string | null }> {
  const scope = scopeParameter(scopeOf(officer, "onsite.manage"));
  const from = isUuid(after) ? after : null;
  const rows = await run<Invitable>(ctx.db, listStatement, [
    campaignId,
    sessionId,
    scope,
    heldUpBy,
    from,
    INVITED_AT_ONCE + 1,
  ]);
  const people = rows.slice(0, INVITED_AT_ONCE);
  return { people, next: rows.length > people.length ? (people.at(-1)?.accountId ?? null) : null };
}

/** How many of them each thing holds up, the most first. */
export const countInvitable = (
  ctx: Pick<Context, "db">,
  officer: Officer,
  { campaignId, sessionId }: Of,
): Promise<{ heldUpBy: CampaignPersonHeldUpBy; people: number }[]> =>
  run(ctx.db, countStatement, [campaignId, sessionId, scopeParameter(scopeOf(officer, "onsite.manage")), null]);
