import { run } from "#db/named.ts";
import type { Context } from "#lib/kernel/context.ts";

/** coming: from a later day. idle: the role is retired or the system disabled, so it gives nothing. ended: taken away, or run out. */
export type SystemRoleState = "held" | "coming" | "idle" | "ended";

export type SystemRoleShown = {
  id: string;
  relyingPartyId: string;
  roleId: string;
  system: string;
  nameMs: string;
  nameEn: string;
  state: SystemRoleState;
  from: Date;
  until: Date | null;
  endedAt: Date | null;
  /** Names of officers; null where an operator did, or it ran out, or ended with the account. */
  grantedBy: string | null;
  endedBy: string | null;
};

const statement = {
  name: "system_roles_of_account",
  text: `select g.id, p.id as "relyingPartyId", r.id as "roleId", p.name as "system", r.name_ms as "nameMs", r.name_en as "nameEn",
      g.from_at as "from", g.until_at as "until", w.full_name as "grantedBy", e.full_name as "endedBy",
      case when g.ended_at is not null then g.ended_at when g.until_at <= $2 then g.until_at end as "endedAt",
      case when g.ended_at is not null or g.until_at <= $2 then 'ended'
        when r.retired_at is not null or p.disabled_at is not null then 'idle'
        when g.from_at > $2 then 'coming' else 'held' end as "state"
    from relying_party_role_grant g join relying_party_role r on r.id = g.role_id join relying_party p on p.id = r.relying_party_id
      left join account w on w.id = g.granted_by left join account e on e.id = g.ended_by
    where g.account_id = $1
    order by coalesce(g.ended_at is not null or g.until_at <= $2, false), p.name, g.granted_at desc, r.key limit 100`,
};

/**
 * The roles that somebody holds and held in other systems: what is in force or to come first, by system. Whether the asker may
 * see it the page has asked.
 */
export const listSystemRoles = (ctx: Pick<Context, "db" | "now">, accountId: string): Promise<SystemRoleShown[]> =>
  run<SystemRoleShown>(ctx.db, statement, [accountId, ctx.now()]);
