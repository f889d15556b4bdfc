import { run } from "#db/named.ts";
import type { Context } from "#lib/kernel/context.ts";
import { judge, type Officer, scopeCondition, scopeOf, scopeParameter } from "#lib/office/roles/rights.ts";
import { type Grant, rankColumn } from "#lib/session/grants-in-force.ts";

/** A line of the worklist. `decides`: whether whoever looks may decide on it; it is their own, or of somebody above, else. */
export type AccessAsked = {
  id: string;
  accountId: string;
  fullName: string;
  office: string;
  system: string;
  requestedAt: Date;
  decides: boolean;
};

/** Open, of somebody in the offices of the parameter. */
export const openAccess = (parameter: string): string =>
  `access_request q join account a on a.id = q.account_id where q.state = 'open' and ${scopeCondition("a.office_id", parameter)}`;

/** As many as somebody works through before looking again. */
const ACCESS_PAGE = 50;

const statement = {
  name: "helpdesk_access_open",
  text: `select f.*, o.code || ' ' || o.name as "office", p.name as "system", ${rankColumn(`f."accountId"`, "$2")} as "grants" from (
      select q.id, q.requested_at as "requestedAt", q.relying_party_id, a.id as "accountId", a.full_name as "fullName", a.office_id as "officeId"
      from ${openAccess("$1")} order by q.requested_at, q.id limit ${ACCESS_PAGE}
    ) f join office o on o.id = f."officeId" join relying_party p on p.id = f.relying_party_id order by f."requestedAt", f.id`,
};

type Row = Omit<AccessAsked, "decides"> & { officeId: string; grants: Grant[]; relying_party_id: string };

/** Who asks an officer's offices for a system, those that wait the longest first. One query. */
export async function listAccessWork(ctx: Context, officer: Officer): Promise<AccessAsked[]> {
  const scope = scopeParameter(scopeOf(officer, "system.assign"));
  const rows = await run<Row>(ctx.db, statement, [scope, ctx.now()]);
  return rows.map(({ officeId, grants, relying_party_id: _, ...row }) => ({
    ...row,
    decides: judge(officer, "system.assign", { accountId: row.accountId, officeId, grants }) === "allowed",
  }));
}
