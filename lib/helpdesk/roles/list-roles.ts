import { run } from "#db/named.ts";
import type { Role } from "#db/schema/roles.ts";
import type { Context } from "#lib/kernel/context.ts";
import { type Officer, type Scope, scopeCondition, scopeOf, scopeParameter } from "#lib/office/roles/rights.ts";

/** requested: waits for a second person. coming: from a later day. ended: by somebody, or at its day. */
export type GrantState = "requested" | "coming" | "held" | "ended" | "refused";

export type GrantShown = {
  id: string;
  role: Role;
  /** `0102 Cawangan Utara`; null of a role over the whole agency. */
  office: string | null;
  officeId: string | null;
  state: GrantState;
  from: Date;
  until: Date | null;
  endedAt: Date | null;
};

const columns = `g.id, g.role, o.code || ' ' || o.name as "office", g.office_id as "officeId", g.from_at as "from", g.until_at as "until", coalesce(g.ended_at, g.until_at) as "endedAt",
  case when g.state = 'requested' and not exists (select 1 from officer_request r where r.grant_id = g.id and r.state = 'open' and r.expires_at > $2) then 'refused'
    when g.state <> 'active' then g.state
    when g.until_at <= $2 then 'ended' when g.from_at > $2 then 'coming' else 'held' end as "state"`;

const ofAccountStatement = {
  name: "grants_of_account",
  text: `select ${columns} from role_grant g left join office o on o.id = g.office_id where g.account_id = $1
    order by g.state in ('active', 'requested') desc, g.granted_at desc, g.id limit 50`,
};

/** What somebody holds, waits for, and held: what is in force first. Whether the asker may see it the page has asked. */
export const listRoles = (ctx: Pick<Context, "db" | "now">, accountId: string): Promise<GrantShown[]> =>
  run<GrantShown>(ctx.db, ofAccountStatement, [accountId, ctx.now()]);

export type Holder = GrantShown & { accountId: string; fullName: string };

const holdersStatement = {
  name: "grants_in_scope",
  text: `select * from (
      select a.id as "accountId", a.full_name as "fullName", a.status, ${columns}
      from role_grant g join account a on a.id = g.account_id left join office o on o.id = g.office_id
      where g.state in ('active', 'requested') and (g.office_id is null or ${scopeCondition("g.office_id", "$1")}) and ($3::text is null or g.role = $3)
    ) held where held.state in ('held', 'coming', 'requested') order by held."fullName", held."accountId", held.role, held.office limit 500`,
};

/** Everybody who holds or waits for a role in the offices an officer sees, by name; of one role where it is named. */
export function listHolders(ctx: Pick<Context, "db" | "now">, officer: Officer, role: Role | null): Promise<Holder[]> {
  const scope: Scope = scopeOf(officer, "account.view");
  return run<Holder>(ctx.db, holdersStatement, [scopeParameter(scope), ctx.now(), role]);
}
