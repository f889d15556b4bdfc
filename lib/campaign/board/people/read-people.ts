import type { CampaignRequirement } from "#db/schema/campaign.ts";
import { unsealIdentity } from "#lib/account/seal-identity.ts";
import { Values } from "#lib/helpdesk/search/conditions.ts";
import { patternOf, searchWords } from "#lib/helpdesk/search/search-words.ts";
import type { Context } from "#lib/kernel/context.ts";
import { maskIdentity } from "#lib/kernel/identity-number.ts";
import { type Officer, type Right, scopeOf, scopeParameter } from "#lib/office/roles/rights.ts";
import type { BoardCampaign } from "../find-board.ts";
import { type HeldUpBy, hindrances } from "../hindrances.ts";
import { phaseIdOf, phaseShown } from "../phase-shown.ts";

import type { PersonFilters, PersonState } from "./person-filters.ts";

type Columns = {
  id: string;
  fullName: string;
  officialEmail: string;
  officeCode: string;
  officeName: string;
  /** Of their phase; null where their office is in none. */
  phaseNumber: number | null;
  state: PersonState;
  heldUpBy: HeldUpBy | null;
  missing: CampaignRequirement[];
  completedAt: Date | null;
  /** The campaign's last letter to them. */
  lastLetterAt: Date | null;
};

/** Somebody of a campaign in a list; `identity` is masked: `900101-••-••••`. */
export type ListedPerson = Columns & { identity: string };

/** A place in the list, at one of its rows: names, folded as they are searched, and the account's id. */
export type Place = { key: string; id: string; direction: "after" | "before" };
export type Row = Columns & { identitySealed: string; key: string };

export type Wanted = {
  officer: Officer;
  right: Right;
  campaign: BoardCampaign;
  filters: PersonFilters;
};

/**
 * The conditions of a list of a campaign's people: `p` their row, `a` their account. Both the office they were looked at in
 * and the one they are in now have to be the officer's. Null: no phase has the number asked for.
 */
export function conditionsOf({ officer, right, campaign, filters }: Wanted, values: Values): string[] | null {
  const conditions = [`p.campaign_id = ${values.add(campaign.id)}`];
  const offices = scopeParameter(scopeOf(officer, right));
  if (offices !== null) {
    const named = values.add(offices);
    conditions.push(`p.office_id = any(${named}::uuid[])`, `a.office_id = any(${named}::uuid[])`);
  }
  const shown = phaseShown(campaign.phases, filters.phase ?? "all", "");
  if (!shown) return null;
  const phaseId = phaseIdOf(shown);
  if (phaseId === null) conditions.push("p.phase_id is null");
  else if (phaseId !== undefined) conditions.push(`p.phase_id = ${values.add(phaseId)}`);
  if (filters.officeId !== null) conditions.push(`p.office_id = ${values.add(filters.officeId)}`);
  conditions.push(filters.state === null ? "p.state <> 'left'" : `p.state = ${values.add(filters.state)}`);
  if (filters.hindrance !== null)
    conditions.push(`p.held_up_by = any(${values.add([...hindrances[filters.hindrance]])}::text[])`);
  for (const word of filters.words === null ? [] : searchWords(filters.words))
    conditions.push(`a.search_text like ${values.add(patternOf(word))}`);
  return conditions;
}

const columns = `a.id, a.full_name as "fullName", a.official_email as "officialEmail", a.identity_sealed as "identitySealed",
  o.code as "officeCode", o.name as "officeName", ph.number as "phaseNumber", f.state, f.held_up_by as "heldUpBy", f.missing,
  f.completed_at as "completedAt", l.at as "lastLetterAt", f.key`;

/**
 * Up to `count` of a campaign's people from a place on, by name, in the order they are read (towards the beginning where the
 * place says "before").
 */
// Not a named statement: PostgreSQL is to plan each list by what is typed and chosen.
export async function readPeople(
  ctx: Pick<Context, "db">,
  wanted: Wanted,
  from: Place | null,
  count: number,
): Promise<Row[]> {
  const values = new Values();
  const conditions = conditionsOf(wanted, values);
  if (conditions === null) return [];
  const back = from?.direction === "before";
  if (from)
    conditions.push(
      `(a.search_text, a.id) ${back ? "<" : ">"} (${values.add(from.key)}::text, ${values.add(from.id)}::uuid)`,
    );
  const direction = back ? "desc" : "asc";
  const text = `
    select ${columns} from (
      select p.*, a.search_text as key from campaign_person p join account a on a.id = p.account_id
      where ${conditions.join(" and ")} order by a.search_text ${direction}, a.id ${direction} limit ${values.add(count)}
    ) f join account a on a.id = f.account_id join office o on o.id = a.office_id
      left join campaign_phase ph on ph.id = f.phase_id
      left join lateral (
        select max(c.owed_at) as at from campaign_letter c join campaign_run r on r.id = c.run_id
        where c.account_id = a.id and r.campaign_id = f.campaign_id and c.outcome = 'owed'
      ) l on true
    order by f.key ${direction}, a.id ${direction}`;
  return (await ctx.db.$client.query<Row>({ text, values: values.list })).rows;
}

export async function countPeople(ctx: Pick<Context, "db">, wanted: Wanted): Promise<number> {
  const values = new Values();
  const conditions = conditionsOf(wanted, values);
  if (conditions === null) return 0;
  // Of a whole agency without words the accounts say nothing: to look up 100,000 of them takes half a second.
  const asksAccounts = conditions.some((condition) => condition.startsWith("a."));
  const text = `select count(*)::int as people from campaign_person p ${asksAccounts ? "join account a on a.id = p.account_id" : ""}
    where ${conditions.join(" and ")}`;
  const { rows } = await ctx.db.$client.query<{ people: number }>(text, values.list);
  return rows[0]?.people ?? 0;
}

export const listed = (ctx: Pick<Context, "keys">, { identitySealed, key: _, ...row }: Row): ListedPerson => ({
  ...row,
  identity: maskIdentity(unsealIdentity(ctx, { id: row.id, identitySealed })),
});
