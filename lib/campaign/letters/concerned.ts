import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import type { CampaignLetterKind } from "#db/schema/campaign.ts";
import { dayOf } from "#lib/kernel/calendar-day.ts";
import type { Context } from "#lib/kernel/context.ts";
import { type Hindrance, hindrances } from "../board/hindrances.ts";

/** What decides whom a run writes to. `heldUpBy`: a hindrance (`hindrances`), null for all; `after`: it has dealt with everybody up to this account. */
export type RunsOf = {
  campaignId: string;
  phaseId: string;
  kind: CampaignLetterKind;
  heldUpBy: string | null;
  officeIds: readonly string[] | null;
  after: string | null;
};

/** What a hindrance is called in a person's row. */
const waysOf = (heldUpBy: string | null): string[] =>
  heldUpBy !== null && Object.hasOwn(hindrances, heldUpBy) ? [...hindrances[heldUpBy as Hindrance]] : [];

const uuids = (ids: readonly string[] | null): SQL => sql`${ids && sql.param([...ids])}::uuid[]`;

/**
 * Rows `account_id`, `mailbox`, `outcome` of everybody whom a run concerns as things stand, by their account. Who is done or
 * left is not concerned; nor, of invitations, whoever has had one of this campaign; nor, of reminders, whoever has nothing
 * left to do themselves. `unreachable`, `had_today`: passed over.
 */
export const concerned = (run: RunsOf, now: Date): SQL => sql`
  select p.account_id, a.official_email::text as mailbox,
    case when u.mailbox is not null then 'unreachable' when l.account_id is not null then 'had_today' else 'owed' end as outcome
  from campaign_person p join account a on a.id = p.account_id
    left join undeliverable_mailbox u on u.mailbox = a.official_email and u.is_final
    left join campaign_letter l on l.account_id = p.account_id and l.day = ${dayOf(now)}::date and l.outcome = 'owed'
  where p.campaign_id = ${run.campaignId}::uuid and p.phase_id = ${run.phaseId}::uuid and p.state in ('not_begun', 'under_way')
    and (a.opens_at is null or a.opens_at <= ${now}::timestamptz)
    and (${run.heldUpBy}::text is null or p.held_up_by = any(${sql.param(waysOf(run.heldUpBy))}::text[]))
    and (${uuids(run.officeIds)} is null or p.office_id = any(${uuids(run.officeIds)}))
    and (${run.after}::uuid is null or p.account_id > ${run.after}::uuid)
    and ${run.kind === "invitation" ? notInvited(run.campaignId) : hasSomethingToDo}`;

const notInvited = (campaignId: string): SQL => sql`not exists (select from campaign_letter l
  join campaign_run r on r.id = l.run_id and r.campaign_id = ${campaignId}::uuid and r.kind = 'invitation'
  where l.account_id = p.account_id and l.outcome = 'owed')`;

/** What an office or an AP has still to do, nobody is reminded of who waits for it. */
const hasSomethingToDo = sql`(p.held_up_by in ('not_activated', 'letter_bounced')
  or not p.missing <@ array['office_address', 'ap_confirmation']::text[])`;

export type Concerned = { owed: number; unreachable: number; hadToday: number };

/** How many people a run would write to, and pass over, as things stand. */
export async function countConcerned(on: Tx | Context["db"], run: RunsOf, now: Date): Promise<Concerned> {
  const { rows } = await on.execute<Concerned>(sql`
    select count(*) filter (where outcome = 'owed')::int as owed,
      count(*) filter (where outcome = 'unreachable')::int as unreachable,
      count(*) filter (where outcome = 'had_today')::int as "hadToday"
    from (${concerned(run, now)}) c`);
  return rows[0] ?? { owed: 0, unreachable: 0, hadToday: 0 };
}
