import type { Role } from "#db/schema/roles.ts";

/** A role somebody holds now; `officeId` is null where it reaches over the whole agency. */
export type Grant = { role: Role; officeId: string | null };

/**
 * A grant `g` gives a right at `now` in a session that began at `begun` (both of the statement). A session that is older
 * than the grant does not gain by it: rights change with a new session, so that one that was stolen never grows.
 */
export const inForce = (now: string, begun = now): string =>
  `g.state = 'active' and g.from_at <= ${begun}::timestamptz and (g.until_at is null or g.until_at > ${now}::timestamptz)`;

/**
 * A grant `g` that gives somebody their rank at `now`, as others are judged by it: in force, or from a coming day, or
 * waiting for a second person. Else whoever is to be an administrator tomorrow could be taken over today by anybody.
 */
export const givesRank = (now: string): string =>
  `(g.state = 'active' or g.state = 'requested' and exists (
      select from officer_request w where w.grant_id = g.id and w.state = 'open' and w.expires_at > ${now}::timestamptz))
    and (g.until_at is null or g.until_at > ${now}::timestamptz)`;

const listOf = (account: string, condition: string): string =>
  `(select coalesce(jsonb_agg(jsonb_build_object('role', g.role, 'officeId', g.office_id) order by g.role, g.office_id), '[]') from role_grant g where g.account_id = ${account} and ${condition})`;

/** The grants in force of an account, as a JSON list of `Grant`; `[]` of staff. */
export const grantsColumn = (account: string, now: string, begun = now): string => listOf(account, inForce(now, begun));

/** The grants that give an account its rank, likewise. */
export const rankColumn = (account: string, now: string): string => listOf(account, givesRank(now));
