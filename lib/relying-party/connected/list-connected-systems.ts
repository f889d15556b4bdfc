import { run } from "#db/named.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { RoleName } from "../launchpad/list-systems.ts";
import { mayOpen } from "../may-open.ts";

/** A role that somebody holds, or will: `fromAt` may lie ahead. */
export type HeldRole = RoleName & { fromAt: Date; untilAt: Date | null };

/** Where somebody is signed in to a system from. `device`: null where the portal keeps that session no longer. */
export type SignedInFrom = { device: string | null; startedAt: Date; here: boolean };

/** What stands between somebody and a system: what it was told of them, and what they may do there. */
export type ConnectedSystem = {
  id: string;
  name: string;
  hasLogo: boolean;
  version: number;
  ownedByAgency: boolean;
  disabled: boolean;
  mayOpen: boolean;
  /** Whether it can be told that somebody has signed out. */
  toldOfSignOut: boolean;
  roles: readonly HeldRole[];
  /** Sign-ins that are open, the newest first. */
  signedIn: readonly SignedInFrom[];
  /** What it is told at those sign-ins; of none open, at the last one. Without an order. */
  scopes: readonly string[];
  /** What its owner has agreed to; null where nothing was asked, or it was withdrawn. */
  consent: { scopes: readonly string[]; givenAt: Date } | null;
  /** Null where they never signed in to it, as far as is kept. */
  lastUsedAt: Date | null;
};

type Row = Omit<ConnectedSystem, "roles" | "signedIn" | "consent"> & {
  roles: (RoleName & { fromAt: string; untilAt: string | null })[];
  signedIn: { device: string | null; startedAt: string; here: boolean }[];
  consent: { scopes: string[]; givenAt: string } | null;
};

// A role retired by its system, or a grant that has run out, gives nothing: only those that do, or will, are listed.
const listStatement = {
  name: "systems_connected_to_account",
  text: `with used as (
      select s.relying_party_id, max(s.last_used_at) as last_used_at,
        coalesce(jsonb_agg(jsonb_build_object('device', o.device, 'startedAt', s.started_at, 'here', s.session_id = $2)
          order by s.started_at desc, s.id desc) filter (where s.ended_at is null), '[]') as signed_in,
        array_agg(s.id order by s.ended_at is null desc, s.last_used_at desc, s.id desc) as ids,
        array_agg(s.id) filter (where s.ended_at is null) as open_ids
      from relying_party_session s left join session o on o.id = s.session_id
      where s.account_id = $1 group by s.relying_party_id
    ), held as (
      select r.relying_party_id, jsonb_agg(jsonb_build_object('nameMs', r.name_ms, 'nameEn', r.name_en, 'fromAt', g.from_at,
          'untilAt', g.until_at) order by r.name_ms, r.key) as roles
      from relying_party_role_grant g join relying_party_role r on r.id = g.role_id
      where g.account_id = $1 and g.ended_at is null and r.retired_at is null and (g.until_at is null or g.until_at > $3::timestamptz)
      group by r.relying_party_id
    ), agreed as (
      select c.relying_party_id, jsonb_build_object('scopes', c.scopes, 'givenAt', c.given_at) as consent
      from consent c where c.account_id = $1 and c.withdrawn_at is null
    )
    select p.id, p.name, p.logo is not null as "hasLogo", p.version, p.owned_by_agency as "ownedByAgency",
      p.disabled_at is not null as "disabled", ${mayOpen("a", "p", "$3")} as "mayOpen",
      p.backchannel_logout_uri is not null as "toldOfSignOut", coalesce(held.roles, '[]') as "roles",
      coalesce(used.signed_in, '[]') as "signedIn",
      array(select distinct unnest(s.scopes) as scope from relying_party_session s
        where s.id = any(coalesce(used.open_ids, used.ids[1:1])) order by scope) as "scopes",
      agreed.consent, used.last_used_at as "lastUsedAt"
    from account a cross join relying_party p
      left join used on used.relying_party_id = p.id
      left join held on held.relying_party_id = p.id
      left join agreed on agreed.relying_party_id = p.id
    where a.id = $1
      and (used.relying_party_id is not null or held.relying_party_id is not null or agreed.relying_party_id is not null)
    order by jsonb_array_length(coalesce(used.signed_in, '[]')) > 0 desc, lower(p.name), p.id`,
};

/** The signed-in person's systems: those where a session is open first, then by name. None without a session. */
export async function listConnectedSystems(ctx: Context): Promise<ConnectedSystem[]> {
  if (ctx.actor.kind !== "account") return [];
  const rows = await run<Row>(ctx.db, listStatement, [ctx.actor.accountId, ctx.actor.sessionId, ctx.now()]);
  return rows.map(({ roles, signedIn, consent, ...row }) => ({
    ...row,
    roles: roles.map((role) => ({
      ...role,
      fromAt: new Date(role.fromAt),
      untilAt: role.untilAt === null ? null : new Date(role.untilAt),
    })),
    signedIn: signedIn.map((from) => ({ ...from, startedAt: new Date(from.startedAt) })),
    consent: consent && { ...consent, givenAt: new Date(consent.givenAt) },
  }));
}
