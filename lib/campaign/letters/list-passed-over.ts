import { type Named, run } from "#db/named.ts";
import type { Context } from "#lib/kernel/context.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { type Officer, scopeCondition, scopeOf, scopeParameter } from "#lib/office/roles/rights.ts";

export type PassedOver = { accountId: string; name: string; office: string; why: "unreachable" | "had_today" };

const PASSED_OVER_PAGE = 50;

const statement: Named = {
  name: "campaign_passed_over",
  text: `select l.account_id as "accountId", a.full_name as name, o.name as office, l.outcome as why
    from campaign_letter l join campaign_run r on r.id = l.run_id join account a on a.id = l.account_id
      join office o on o.id = a.office_id
    where l.run_id = $1 and r.campaign_id = $2 and l.outcome <> 'owed' and ${scopeCondition("a.office_id", "$3")}
      and ($4::uuid is null or l.account_id > $4::uuid)
    order by l.account_id limit ${PASSED_OVER_PAGE + 1}`,
};

/**
 * Whom a run has passed over, of the officer's offices, and why; so many a page. `from`: the account after which the page
 * begins. `next`: that of the next page, null where this is the last.
 */
export async function listPassedOver(
  ctx: Pick<Context, "db">,
  officer: Officer,
  which: { campaignId: string; runId: string; from: string | null },
): Promise<{ people: PassedOver[]; next: string | null }> {
  if (!isUuid(which.runId) || (which.from !== null && !isUuid(which.from))) return { people: [], next: null };
  const scope = scopeParameter(scopeOf(officer, "campaign.view"));
  const rows = await run<PassedOver>(ctx.db, statement, [which.runId, which.campaignId, scope, which.from]);
  const people = rows.slice(0, PASSED_OVER_PAGE);
  return { people, next: rows.length > PASSED_OVER_PAGE ? (people.at(-1)?.accountId ?? null) : null };
}
