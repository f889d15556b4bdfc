import { run } from "#db/named.ts";
import type { AccountStatus } from "#db/schema/account.ts";
import type { Context } from "#lib/kernel/context.ts";
import { type Officer, scopeCondition, scopeOf, scopeParameter } from "#lib/office/roles/rights.ts";

/** Somebody whom no staff register and no office has confirmed yet. */
export type Unconfirmed = {
  accountId: string;
  fullName: string;
  office: string;
  officialEmail: string;
  status: AccountStatus;
  since: Date;
};

export const unconfirmed = (parameter: string): string =>
  `account a where a.staff_confirmed_at is null and a.status <> 'closed' and ${scopeCondition("a.office_id", parameter)}`;

const UNCONFIRMED_PAGE = 50;

const statement = {
  name: "helpdesk_unconfirmed",
  text: `select f.*, o.code || ' ' || o.name as "office" from (
      select a.id as "accountId", a.full_name as "fullName", a.official_email::text as "officialEmail", a.status,
        a.created_at as "since", a.office_id
      from ${unconfirmed("$1")} order by a.created_at, a.id limit ${UNCONFIRMED_PAGE}
    ) f join office o on o.id = f.office_id order by f."since", f."accountId"`,
};

/** Whom an officer's offices have still to confirm, those that wait the longest first. One query, along an index. */
export const listUnconfirmed = (ctx: Context, officer: Officer): Promise<Unconfirmed[]> =>
  run<Unconfirmed>(ctx.db, statement, [scopeParameter(scopeOf(officer, "staff.confirm"))]);
