import { type SQL, sql } from "drizzle-orm";

const zone = sql.raw("'Asia/Kuala_Lumpur'");
const dayOf = (column: string): SQL => sql`(${sql.raw(column)} at time zone ${zone})::date`;
const since = (column: string, from: Date | null): SQL =>
  from === null
    ? sql`true`
    : sql`${sql.raw(column)} >= (date_trunc('day', ${from}::timestamptz at time zone ${zone})) at time zone ${zone}`;

/** As the people registered on a day stand now: all days are counted again, since people move on. */
export const funnel = (): SQL => sql`
  select day, office_id, step.metric, step.count from (
    select ${dayOf("a.created_at")} as day, a.office_id, count(*) as registered,
      count(*) filter (where a.official_email_verified_at is not null or a.activated_at is not null) as verified,
      count(*) filter (where a.activated_at is not null) as activated,
      count(*) filter (where a.activated_at is not null and (p.account_id is not null or t.account_id is not null)) as enrolled
    from account a
      left join (select distinct account_id from passkey) p on p.account_id = a.id
      left join totp_credential t on t.account_id = a.id
    group by 1, 2
  ) steps cross join lateral (values ('funnel.registered', registered), ('funnel.verified', verified),
    ('funnel.activated', activated), ('funnel.enrolled', enrolled)) step (metric, count)
  where step.count > 0`;

const eventDay = dayOf("e.at");

/** Somebody activated twice in a day (closed and reopened) is one. */
export const activations = (from: Date | null): SQL => sql`
  select ${eventDay} as day, a.office_id, 'activations' as metric, count(distinct a.id) as count
  from audit_event e join account a on a.id = e.account_id
  where e.type = 'account.activated' and ${since("e.at", from)} group by 1, 2`;

/** Sign-ins from before their proofs were recorded are left out. */
export const signIns = (from: Date | null): SQL => sql`
  select ${eventDay} as day, a.office_id,
    case when f ? 'passkey_verified' then 'sign_in.passkey'
      when f ? 'password' and f ? 'passkey_present' then 'sign_in.passkey'
      when f ? 'password' and f ? 'totp' then 'sign_in.password_app'
      when f ? 'password' and f ? 'recovery_code' then 'sign_in.password_recovery_code'
      when f ? 'password' then 'sign_in.password'
      when f ? 'totp' then 'sign_in.app'
      when f ? 'passkey_present' then 'sign_in.passkey'
      when f ? 'google' then 'sign_in.google'
      else 'sign_in.email_code' end as metric, count(*) as count
  from audit_event e join account a on a.id = e.account_id cross join lateral (select e.data -> 'factors' as f) proven
  where e.type = 'sign_in.succeeded' and jsonb_typeof(f) = 'array' and ${since("e.at", from)} group by 1, 2, 3`;

/** Letters that no longer made sense when their turn came were never sent. */
export const letters = (from: Date | null): SQL => sql`
  select ${dayOf("l.created_at")} as day, a.office_id,
    'mail.' || case when l.state in ('bounced', 'refused') then 'returned' else l.state end as metric, count(*) as count
  from letter l join account a on a.id = l.account_id
  where l.state <> 'moot' and ${since("l.created_at", from)} group by 1, 2, 3`;

export const locks = (from: Date | null): SQL => sql`
  select day, office_id, metric, count(*) as count from (
    select distinct ${eventDay} as day, a.office_id,
      case e.type when 'account.locked' then 'lock.owner' when 'account.suspended' then 'lock.suspended'
        when 'password.disabled' then 'lock.password' else 'lock.paused' end as metric, a.id
    from audit_event e join account a on a.id = e.account_id
    where (e.type in ('account.locked', 'account.suspended', 'password.disabled')
        or e.type = 'sign_in.refused' and e.data ->> 'reason' = 'paused') and ${since("e.at", from)}
  ) people group by 1, 2, 3`;
