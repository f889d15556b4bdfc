import { completenessColumns } from "#lib/account/profile/completeness.ts";

/** People are looked at in campaigns that are announced or run: a draft is nobody's yet, and what is closed stands still. */
export const isOpen = (campaign: string): string => `${campaign}.state in ('announced', 'running')`;

/** Whether an AP confirmed that the account `a` moves in the campaign `c`, or has been asked to. */
const enrolment = (state: "confirmed" | "open"): string =>
  `exists (select from move_request m where m.account_id = a.id and m.campaign_id = c.id and m.kind = 'enrolment' and m.state = '${state}')`;

/**
 * Whether the campaign `c` is for the account `a` at `now`: it holds, or once it is activated will hold, one of the roles
 * it names, or its owner says that they do one of the works it names, or an AP confirmed that they move. Whoever has left
 * or is suspended is nobody's.
 */
export const isFor = (now: string): string => `(a.status not in ('closed', 'suspended') and (
    exists (select from relying_party_role_grant g join relying_party_role r on r.id = g.role_id
      join campaign_target t on t.role_id = g.role_id and t.campaign_id = c.id
      where g.account_id = a.id and g.ended_at is null and r.retired_at is null
        and (g.until_at is null or g.until_at > ${now}::timestamptz)
        and (g.from_at <= ${now}::timestamptz or a.activated_at is null))
    or exists (select from account_ict_role h join campaign_target_ict_role t on t.role_id = h.role_id and t.campaign_id = c.id
      where h.account_id = a.id)
    or ${enrolment("confirmed")}))`;

// Facts of the account, as its profile counts them, and two that a campaign adds.
const facts = `select ${completenessColumns("a")}, o.address is not null as "office_address",
    ${enrolment("confirmed")} as "ap_confirmation", a.status in ('activated', 'locked') as "activated",
    exists (select from undeliverable_mailbox u where u.mailbox = a.official_email and u.is_final) as "bounced"`;

const missingOne = (key: string): string =>
  `case when '${key}' = any(c.requirements) and not f."${key}" then '${key}' end`;

// In the order of `campaignRequirements`: a test compares them.
const missing = `array_remove(array[${[
  "official_email",
  "personal_email",
  "mobile",
  "office_address",
  "ict_roles",
  "second_factor",
  "ap_confirmation",
]
  .map(missingOne)
  .join(", ")}], null)`;

// An office's address comes from no doing of its people: alone it is no beginning.
const nothingBegun = "array_remove(c.requirements, 'office_address') <@ m.missing";
const isDone = "f.activated and cardinality(m.missing) = 0";

/**
 * How far accounts have come in each open campaign that is for them, from their facts as they are, in one select for any
 * number of accounts. `accounts` and `now`: a uuid array, and the moment; `day`: that moment's in the agency's zone.
 * Columns: `campaign_id`, `account_id`, `office_id`, `phase_id`, `state`, `missing`, `held_up_by` as in `campaign_person`,
 * and `moves`: done, and their phase has begun, so that the move takes place. Of an office in no phase it does once an AP
 * has confirmed it.
 */
export const pictureOf = ({ accounts, now, day }: Record<"accounts" | "now" | "day", string>): string => `
  select c.id as campaign_id, a.id as account_id, a.office_id, ph.id as phase_id, m.missing,
    case when ${isDone} then 'done' when ${nothingBegun} then 'not_begun' else 'under_way' end as state,
    case when ${isDone} then null when f.bounced then 'letter_bounced' when not f.activated then 'not_activated'
      when m.missing[1] = 'ap_confirmation' and ${enrolment("open")} then 'awaiting_confirmation'
      else m.missing[1] end as held_up_by,
    (${isDone} and c.state = 'running' and coalesce(ph.from_day <= ${day}::date, f."ap_confirmation")) as moves
  from unnest(${accounts}::uuid[]) as wanted(id) join account a on a.id = wanted.id join office o on o.id = a.office_id
    join campaign c on ${isOpen("c")}
    left join campaign_phase_office po on po.campaign_id = c.id and po.office_id = a.office_id
    left join campaign_phase ph on ph.id = po.phase_id
    cross join lateral (${facts}) f cross join lateral (select ${missing} as missing) m
  where ${isFor(now)}`;
