import { mayOpen } from "#lib/relying-party/may-open.ts";
import { givesRank } from "#lib/session/grants-in-force.ts";
import { limits } from "#lib/throttle/limits.ts";

/** As many letters as a page shows. */
const LETTERS_SHOWN = 12;
/** How far back among an account's events signs of trouble are looked for: an attack on it must not slow its page down. */
const EVENTS_LOOKED_AT = 400;
/** Older tries explain nothing any more. */
const DAYS_OF_TRIES = 30;

/** What brings an account to a standstill, and what it is told by. */
const STANDSTILLS = ["account.suspended", "account.locked", "account.lapsed", "account.closed", "registration.voided"];
/** Whoever got this far was let in, whatever went wrong before. */
const LET_IN = ["sign_in.succeeded", "account.activated"];
/** What tells of trouble though it is no refusal: half a sign-in, and asking for a way back. */
const SIGNS = ["sign_in.proved", "recovery.issued"];

const quoted = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(", ");
const list = (columns: string, from: string, order: string): string =>
  `(select coalesce(jsonb_agg(to_jsonb(x) order by ${order}), '[]') from (select ${columns} from ${from}) x)`;
const one = (columns: string, from: string): string =>
  `(select to_jsonb(x) from (select ${columns} from ${from} limit 1) x)`;

const letterColumns = `l.id, l.kind, l.to, l.about ->> 'change' as change, l.state, l.reason, l.created_at as "createdAt",
  l.handed_over_at as "handedOverAt", l.delivered_at as "deliveredAt", l.bounced_at as "bouncedAt"`;

// The keys of the counter of typed codes (lib/sign-in/prove-code.ts): one for browsers that are not known, one each for those that are.
const codeCounters = `array(select 'code-try:' || a.identity_index || ':' || b.browser from (
  select 'unknown' as browser union all select d.id::text from device d where d.account_id = a.id and d.signed_in_at is not null) b)`;

/**
 * All of `AccountFacts` in one statement. Parameters: the account, the scope's offices (null: all), now, when a session was
 * last seen to be idle by now, and the officer who looks. Every part of it goes along an index of the account.
 */
export const accountStatement = {
  name: "helpdesk_account",
  text: `with recent as materialized (
      select e.id, e.at, e.type, e.outcome, e.data from audit_event e where e.account_id = $1 order by e.id desc limit ${EVENTS_LOOKED_AT}
    ), last_in as materialized (
      select coalesce(max(id), 0) as id from recent where type in (${quoted(LET_IN)})
    )
    select a.id, a.status, a.suspended_from as "suspendedFrom", a.identity_type as "identityType", a.identity_sealed as "identitySealed",
      a.full_name as "fullName", a.official_email::text as "officialEmail", a.official_email_verified_at as "officialEmailVerifiedAt",
      a.personal_email::text as "personalEmail", a.personal_email_verified_at as "personalEmailVerifiedAt",
      jsonb_build_object('id', o.id, 'code', o.code, 'name', o.name, 'emailDomains', o.email_domains) as office,
      a.opens_at as "opensAt", a.staff_confirmed_at as "staffConfirmedAt", a.created_at as "createdAt",
      a.self_registered_at as "selfRegisteredAt", a.activated_at as "activatedAt", a.closed_at as "closedAt",
      a.last_sign_in_at as "lastSignInAt", a.listed_at as "listedAt", a.delisted_at as "delistedAt",
      a.asks_two_factors as "asksTwoFactors", a.email_code_on as "emailCodeOn",
      case when a.status in ('suspended', 'locked', 'closed') then ${one(
        `e.type, e.at, coalesce(e.data ->> 'how', e.data ->> 'why') as how`,
        `recent e where e.type in (${quoted(STANDSTILLS)}) order by e.id desc`,
      )} end as standing,
      ${list("*", `(select ${letterColumns} from letter l where l.account_id = a.id order by l.created_at desc, l.id desc limit ${LETTERS_SHOWN}) l`, `x."createdAt" desc, x.id desc`)} as letters,
      ${one('u.why, u.is_final as "isFinal", u.since as "sinceAt"', "undeliverable_mailbox u where u.mailbox = a.official_email")} as "mailTrouble",
      ${one(
        `k.id, k.mailbox::text, k.created_at as "createdAt", k.handed_over_at as "handedOverAt", k.superseded_at as "supersededAt",
          k.consumed_at as "consumedAt", k.identity_tries as "identityTries",
          k.identity_tries > 0 or exists (select 1 from activation_answer w where w.link_id = k.id)
            or exists (select 1 from recent e where e.type = 'account.email_verified' and e.data ->> 'linkId' = k.id::text) as opened`,
        "activation_link k where k.account_id = a.id and k.seen_by is null order by k.created_at desc, k.id desc",
      )} as link,
      ${one(
        `p.set_at as "setAt", p.disabled_at as "disabledAt", case when p.disabled_at is not null then (
          select e.data ->> 'why' from recent e where e.type = 'password.disabled' order by e.id desc limit 1) end as "disabledWhy"`,
        "password_credential p where p.account_id = a.id",
      )} as password,
      ${one(
        `s.handed_over_at as "handedOverAt", s.expires_at as "expiresAt"`,
        "password_reset s where s.account_id = a.id and s.done_at is null and s.handed_over_at is not null and s.expires_at > $3 order by s.handed_over_at desc, s.id desc",
      )} as reset,
      ${list(
        `d.label as device, t.failures, t.paused_until as "pausedUntil", t.last_tried_at as "lastTriedAt"`,
        "password_throttle t left join device d on d.account_id = a.id and d.id::text = t.browser where t.identity_index = a.identity_index",
        `x.failures desc`,
      )} as pauses,
      (select to_timestamp(max(r.expire) / 1000.0) from rate_limit r where r.key = any(${codeCounters})
        and r.points >= ${limits.codeTriesPerAccount.points} and r.expire > extract(epoch from $3::timestamptz) * 1000) as "codesPausedUntil",
      ${list(`k.id, k.name, k.created_at as "createdAt", k.last_used_at as "lastUsedAt"`, "passkey k where k.account_id = a.id", `x."createdAt"`)} as passkeys,
      ${one(`t.set_at as "setAt", t.last_used_at as "lastUsedAt"`, "totp_credential t where t.account_id = a.id")} as totp,
      (select count(*)::int from recovery_code c where c.account_id = a.id and c.used_at is null) as "recoveryCodesLeft",
      (select count(*)::int from security_answer s where s.account_id = a.id) as questions,
      ${one(`g.linked_at as "linkedAt", g.last_used_at as "lastUsedAt"`, "google_link g where g.account_id = a.id")} as google,
      ${list(
        `s.id, s.device, s.created_at as "createdAt", s.last_seen_at as "lastSeenAt"`,
        "session s where s.account_id = a.id and s.ended_at is null and s.expires_at > $3 and s.last_seen_at > $4 and s.ticket_id is null",
        `x."lastSeenAt" desc, x.id`,
      )} as sessions,
      ${one(
        `r.created_at as "createdAt", r.started_at as "startedAt", r.ready_at as "readyAt", r.cancelled_at as "cancelledAt", r.completed_at as "completedAt"`,
        "recovery r where r.account_id = a.id order by (r.started_at is not null and r.cancelled_at is null and r.completed_at is null) desc, r.created_at desc, r.id desc",
      )} as recovery,
      ${one(
        `t.why, t.created_at as "createdAt", t.expires_at as "expiresAt"`,
        "enrolment_ticket t where t.account_id = a.id and t.used_at is null and t.cancelled_at is null and t.expires_at > $3 order by t.created_at desc, t.id desc",
      )} as ticket,
      ${list(
        `g.id, g.role, g.state, g.from_at as "fromAt", g.until_at as "untilAt",
          case when f.id is not null then jsonb_build_object('code', f.code, 'name', f.name) end as office`,
        `role_grant g left join office f on f.id = g.office_id
          where g.account_id = a.id and ${givesRank("$3")}`,
        `x.role, x."fromAt", x.id`,
      )} as grants,
      ${list(
        `g.id, p.name as system, r.name_ms as "nameMs", r.name_en as "nameEn", g.from_at as "fromAt", g.until_at as "untilAt"`,
        `relying_party_role_grant g join relying_party_role r on r.id = g.role_id join relying_party p on p.id = r.relying_party_id
          where g.account_id = a.id and g.ended_at is null and (g.until_at is null or g.until_at > $3)
            and r.retired_at is null and p.disabled_at is null`,
        `x.system, x."nameMs", x.id`,
      )} as "systemRoles",
      ${list(
        `q.id, p.name as system, q.requested_at as "requestedAt"`,
        "access_request q join relying_party p on p.id = q.relying_party_id where q.account_id = a.id and q.state = 'open'",
        `x."requestedAt" desc, x.id`,
      )} as "accessRequests",
      ${one(
        "e.data ->> 'system' as system, e.data ->> 'reason' as reason, e.at",
        `recent e join relying_party p on p.id = (e.data ->> 'relyingPartyId')::uuid
          where e.type = 'relying_party.refused' and e.at > $3::timestamptz - interval '${DAYS_OF_TRIES} days'
            and (e.data ->> 'reason' = 'level_out_of_reach'
              or e.data ->> 'reason' in ('no_role', 'disabled') and not ${mayOpen("a", "p", "$3")})
            and not exists (select 1 from recent s where s.type = 'relying_party.signed_in' and s.id > e.id
              and s.data ->> 'relyingPartyId' = p.id::text)
          order by e.id desc`,
      )} as "systemRefused",
      ${list(
        `c.id, c.reference, c.kind, c.opened_at as "openedAt"`,
        "helpdesk_case c where c.account_id = a.id and c.state = 'open'",
        `x."openedAt" desc, x.id`,
      )} as cases,
      ${list(
        `q.id, q.kind, q.requested_at as "requestedAt", q.expires_at as "expiresAt", w.full_name as by`,
        "officer_request q join account w on w.id = q.requested_by where q.account_id = a.id and q.state = 'open' and q.expires_at > $3",
        `x."requestedAt" desc, x.id`,
      )} as requests,
      (select max(k.verified_at) from caller_check k where k.account_id = a.id and k.officer_id = $5) as "callerVerifiedAt",
      ${list(
        `e.type, e.data ->> 'factor' as factor, e.data ->> 'reason' as reason, count(*)::int as times, max(e.at) as "lastAt"`,
        `recent e, last_in where e.id > last_in.id and e.at > $3::timestamptz - interval '${DAYS_OF_TRIES} days'
          and (e.outcome = 'refused' or e.type in (${quoted(SIGNS)})) group by 1, 2, 3`,
        `x."lastAt" desc, x.type, x.reason`,
      )} as tries
    from account a join office o on o.id = a.office_id
    where a.id = $1 and ($2::uuid[] is null or a.office_id = any($2::uuid[]))`,
};
