/** A grant `g` of a role `r` of a relying party gives it at `now`. */
const inForce = (now: string): string =>
  `g.ended_at is null and r.retired_at is null and g.from_at <= ${now}::timestamptz and (g.until_at is null or g.until_at > ${now}::timestamptz)`;

const rolesOf = (account: string, relyingParty: string, now: string): string =>
  `from relying_party_role_grant g join relying_party_role r on r.id = g.role_id
    where g.account_id = ${account}.id and r.relying_party_id = ${relyingParty}.id and ${inForce(now)}`;

/**
 * Whether somebody may open a relying party at `now`: it is not disabled, their account is activated, their office has
 * confirmed them, and it is open to all or they hold a role of it. `account` and `relyingParty` name rows of the statement
 * it is part of.
 */
export const mayOpen = (account: string, relyingParty: string, now: string): string =>
  `(${relyingParty}.disabled_at is null and ${account}.status = 'activated' and ${account}.staff_confirmed_at is not null
    and (${relyingParty}.open_to_all or exists (select 1 ${rolesOf(account, relyingParty, now)})))`;

/** Whether somebody holds one role of a relying party at `now`; `key` names where its key stands in the statement. */
export const holdsRole = (account: string, relyingParty: string, key: string, now: string): string =>
  `exists (select 1 ${rolesOf(account, relyingParty, now)} and r.key = ${key})`;

/** The keys of the roles that somebody holds in a relying party at `now`, as a text array. */
export const roleKeysColumn = (account: string, relyingParty: string, now: string): string =>
  `array(select r.key ${rolesOf(account, relyingParty, now)} order by r.key)`;

/** The roles that somebody holds in a relying party at `now`, as JSON: `[{"nameMs", "nameEn"}]`, by name. */
export const roleNamesColumn = (account: string, relyingParty: string, now: string): string =>
  `(select coalesce(jsonb_agg(jsonb_build_object('nameMs', r.name_ms, 'nameEn', r.name_en) order by r.name_ms, r.key), '[]')
    ${rolesOf(account, relyingParty, now)})`;
