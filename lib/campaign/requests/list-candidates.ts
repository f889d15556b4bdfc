import { unsealIdentity } from "#lib/account/seal-identity.ts";
import { Values } from "#lib/helpdesk/search/conditions.ts";
import { patternOf } from "#lib/helpdesk/search/search-words.ts";
import { understandWords } from "#lib/helpdesk/search/understand-search.ts";
import type { Context } from "#lib/kernel/context.ts";
import { maskIdentity } from "#lib/kernel/identity-number.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { judge, type Officer, scopeCondition, scopeOf, scopeParameter } from "#lib/office/roles/rights.ts";
import { type Grant, rankColumn } from "#lib/session/grants-in-force.ts";
import { TOGETHER } from "./request-state.ts";

/**
 * Whom an officer may put forward. `held`: those that the campaign waits for an AP's confirmation of. `words`: of a name or
 * a mailbox. `person`: one of them, found by the number.
 */
export type CandidatesWanted = { words: string } | { person: string } | { held: true };

export type Candidate = {
  id: string;
  fullName: string;
  identity: string;
  office: string;
  /** That they move: confirmed, waiting for an AP, or neither. */
  enrolment: "confirmed" | "waiting" | null;
  /** Names of roles they hold in the campaign's systems. */
  roles: { system: string; nameMs: string; nameEn: string }[];
  /** Whether the officer may ask for anything on them; of equal or higher rank, or their own account, else. */
  may: boolean;
};

type Row = Omit<Candidate, "identity" | "may"> & { officeId: string; identitySealed: string; ranks: Grant[] };

/**
 * People in the officer's offices, by name; a page of them after a place that the list gave: whom the page before ended with, by their id, since it stands in an address. Only whom something may be
 * given to. One query.
 */
export async function listCandidates(
  ctx: Context,
  officer: Officer,
  campaignId: string,
  wanted: CandidatesWanted,
  from: string | null = null,
): Promise<{ candidates: Candidate[]; next: string | null }> {
  const values = new Values();
  const campaign = values.add(campaignId);
  const now = values.add(ctx.now());
  const conditions = ["a.status not in ('suspended', 'closed')", "a.staff_confirmed_at is not null"];
  const scope = scopeParameter(scopeOf(officer, "move.request"));
  if (scope !== null) conditions.push(`a.office_id = any(${values.add(scope)}::uuid[])`);
  if ("person" in wanted) conditions.push(`a.id = ${values.add(isUuid(wanted.person) ? wanted.person : null)}::uuid`);
  if ("held" in wanted)
    conditions.push(`exists (select from campaign_person p where p.campaign_id = ${campaign} and p.account_id = a.id
      and p.state <> 'left' and p.missing @> array['ap_confirmation'])
      and not exists (select from move_request q where q.campaign_id = ${campaign} and q.account_id = a.id
        and q.kind = 'enrolment' and q.state in ('open', 'confirmed'))`);
  if ("words" in wanted) {
    const understood = understandWords(wanted.words);
    if (!understood.ok) return { candidates: [], next: null };
    for (const word of understood.value.words) conditions.push(`a.search_text like ${values.add(patternOf(word))}`);
    if (understood.value.domain !== "")
      conditions.push(`a.official_email like ${values.add(`%@${understood.value.domain}%`)}::citext`);
  }
  if (isUuid(from))
    conditions.push(`(a.full_name, a.id) > (select b.full_name, b.id from account b where b.id = ${values.add(from)}::uuid
      and ${scopeCondition("b.office_id", values.add(scope))})`);
  const text = `with page as (
      select a.* from account a where ${conditions.join(" and ")} order by a.full_name, a.id limit ${TOGETHER + 1}
    ) select a.id, a.full_name as "fullName", a.identity_sealed as "identitySealed", a.office_id as "officeId",
      o.code || ' ' || o.name as "office", ${rankColumn("a.id", now)} as "ranks",
      (select case when bool_or(q.state = 'confirmed') then 'confirmed' when bool_or(q.state = 'open') then 'waiting' end
        from move_request q where q.campaign_id = ${campaign} and q.account_id = a.id and q.kind = 'enrolment') as "enrolment",
      (select coalesce(jsonb_agg(jsonb_build_object('system', p.name, 'nameMs', r.name_ms, 'nameEn', r.name_en) order by p.name, r.key), '[]')
        from relying_party_role_grant g join relying_party_role r on r.id = g.role_id join relying_party p on p.id = r.relying_party_id
        where g.account_id = a.id and g.ended_at is null and g.from_at <= ${now} and (g.until_at is null or g.until_at > ${now})
          and p.id in (select of.relying_party_id from campaign_target t join relying_party_role of on of.id = t.role_id where t.campaign_id = ${campaign})
      ) as "roles"
    from page a join office o on o.id = a.office_id order by a.full_name, a.id`;
  const { rows } = await ctx.db.$client.query<Row>(text, values.list as unknown[]);
  const candidates = rows.slice(0, TOGETHER).map(({ officeId, identitySealed, ranks, ...row }) => ({
    ...row,
    identity: maskIdentity(unsealIdentity(ctx, { id: row.id, identitySealed })),
    may: judge(officer, "move.request", { accountId: row.id, officeId, grants: ranks }) === "allowed",
  }));
  const last = rows.length > TOGETHER ? candidates.at(-1) : undefined;
  return { candidates, next: last?.id ?? null };
}
