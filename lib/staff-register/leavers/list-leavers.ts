import { run } from "#db/named.ts";
import { unsealIdentity } from "#lib/account/seal-identity.ts";
import type { Context } from "#lib/kernel/context.ts";
import { maskIdentity } from "#lib/kernel/identity-number.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { type Officer, scopeCondition, scopeOf, scopeParameter } from "#lib/office/roles/rights.ts";
import { givesRank } from "#lib/session/grants-in-force.ts";

export type Leaver = {
  id: string;
  accountId: string;
  fullName: string;
  identity: string;
  office: string;
  why: "missing" | "ended";
  /** `2026-12-31`. */
  leavesOn: string | null;
  proposedAt: Date;
  suspendsAt: Date | null;
  /** They hold a role, or are to: never suspended by the clock. */
  hasRole: boolean;
};

export const LEAVERS_A_PAGE = 50;

// Ids are drawn anew for each proposal, so the order of a page is by name within the cursor's own.
const listStatement = {
  name: "leavers_open",
  text: `select l.id, l.account_id as "accountId", a.full_name as "fullName", a.identity_sealed as "identitySealed",
      o.code || ' ' || o.name as office, l.why, l.leaves_on::text as "leavesOn", l.proposed_at as "proposedAt", l.suspends_at as "suspendsAt",
      exists (select from role_grant g where g.account_id = a.id and ${givesRank("$3")}) as "hasRole"
    from staff_leaver l join account a on a.id = l.account_id join office o on o.id = a.office_id
    where l.state = 'proposed' and a.status not in ('closed', 'suspended') and ${scopeCondition("a.office_id", "$1")}
      and ($2::uuid is null or l.id > $2::uuid)
    order by l.id limit ${LEAVERS_A_PAGE + 1}`,
};

const countStatement = {
  name: "leavers_counted",
  text: `select count(*)::int as open from staff_leaver l join account a on a.id = l.account_id
    where l.state = 'proposed' and a.status not in ('closed', 'suspended') and ${scopeCondition("a.office_id", "$1")}`,
};

/** Who waits for a decision in the officer's offices: a page of them after the one named, and whether there are more. */
export async function listLeavers(
  ctx: Context,
  officer: Officer,
  after: string | null,
): Promise<{ leavers: Leaver[]; next: string | null }> {
  const scope = scopeParameter(scopeOf(officer, "leaver.decide"));
  const rows = await run<Omit<Leaver, "identity"> & { identitySealed: string }>(ctx.db, listStatement, [
    scope,
    isUuid(after) ? after : null,
    ctx.now(),
  ]);
  const leavers = rows.slice(0, LEAVERS_A_PAGE).map(({ identitySealed, ...leaver }) => ({
    ...leaver,
    identity: maskIdentity(unsealIdentity(ctx, { id: leaver.accountId, identitySealed })),
  }));
  return { leavers, next: rows.length > LEAVERS_A_PAGE ? (leavers.at(-1)?.id ?? null) : null };
}

/** How many wait in the officer's offices: for the worklist. */
export async function countLeavers(ctx: Context, officer: Officer): Promise<number> {
  const scope = scopeParameter(scopeOf(officer, "leaver.decide"));
  const [counted] = await run<{ open: number }>(ctx.db, countStatement, [scope]);
  return counted?.open ?? 0;
}
