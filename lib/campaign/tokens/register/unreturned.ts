import { run } from "#db/named.ts";
import type { Context } from "#lib/kernel/context.ts";
import { type Officer, scopeOf, scopeParameter } from "#lib/office/roles/rights.ts";

/**
 * Whether the holder `a` of a token has left: suspended or closed, or the staff register names them no longer. Whoever
 * locked their own account is still there.
 */
export const hasLeft = "(a.status in ('suspended', 'closed') or a.delisted_at is not null)";

/** `ofLeavers`: not back, though their holder has left. `toHandBack`: out of use, and not back. `lost`: reported so. */
export type Unreturned = { ofLeavers: number; toHandBack: number; lost: number };

const inOffices = "and a.office_id = any($1::uuid[])";

// The whole agency's are counted from the tokens alone: to look up 100,000 holders, only to let all through, takes longer.
const statementOf = (scope: string, { holders, leavers }: Record<"holders" | "leavers", string>) => ({
  name: `hardware_tokens_unreturned_${scope}`,
  text: `select (select count(*)::int from account a join hardware_token t on t.holder_id = a.id and t.state <> 'returned'
        where ${hasLeft} ${leavers}) as "ofLeavers",
      count(*) filter (where t.state <> 'lost')::int as "toHandBack", count(*) filter (where t.state = 'lost')::int as lost
    from hardware_token t ${holders} where t.state in ('retired', 'revoked', 'misused', 'lost')`,
});
const ofAgency = statementOf("all", { holders: "", leavers: "" });
const ofOffices = statementOf("offices", {
  holders: `join account a on a.id = t.holder_id ${inOffices}`,
  leavers: inOffices,
});

/** How many tokens of an officer's offices are still to come back; nothing of other offices. */
export async function countUnreturned(ctx: Context, officer: Officer): Promise<Unreturned> {
  const scope = scopeParameter(scopeOf(officer, "token.view"));
  const [counted] = await (scope === null
    ? run<Unreturned>(ctx.db, ofAgency, [])
    : run<Unreturned>(ctx.db, ofOffices, [scope]));
  return counted ?? { ofLeavers: 0, toHandBack: 0, lost: 0 };
}
