import { recordAll } from "#lib/audit/record.ts";
import { blindIndexes } from "#lib/kernel/blind-index.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { IdentityNumber } from "#lib/kernel/identity-number.ts";
import { type Officer, reachesOffice, scopeOf } from "#lib/office/roles/rights.ts";

export type Found = {
  id: string;
  fullName: string;
  officeCode: string;
  officeName: string;
  closed: boolean;
};

// Two halves, since the open accounts and the closed ones have an index each.
const statement = {
  name: "accounts_by_identity",
  text: `select a.id, a.full_name as "fullName", a.office_id as "officeId", o.code as "officeCode", o.name as "officeName", a.status = 'closed' as closed
    from (
      select id from account where identity_index = any($1::text[]) and status <> 'closed'
      union all (select id from account where identity_index = any($1::text[]) and status = 'closed' limit 20)
    ) f join account a on a.id = f.id join office o on o.id = a.office_id order by closed, a.created_at desc, a.id`,
};

/**
 * The accounts of an identity number (or of any of several: a passport's number in each country), open ones first, as far
 * as the officer's offices reach. Those outside are not told of, and that somebody looked for them is recorded.
 */
export async function findByIdentity(
  ctx: Context,
  officer: Officer,
  identities: readonly IdentityNumber[],
): Promise<Found[]> {
  const indexes = identities.flatMap((identity) => blindIndexes(ctx.keys, identity));
  const { rows } = await ctx.db.$client.query<Found & { officeId: string }>({ ...statement, values: [indexes] });
  const scope = scopeOf(officer, "account.view");
  const outside = rows.filter(({ officeId }) => !reachesOffice(scope, officeId));
  if (outside.length > 0) {
    const events = outside.map(({ id }) => ({ type: "access.refused", accountId: id, right: "account.view" }) as const);
    await ctx.db.transaction((tx) => recordAll(tx, ctx, events));
  }
  return rows.filter(({ officeId }) => reachesOffice(scope, officeId)).map(({ officeId: _, ...found }) => found);
}
