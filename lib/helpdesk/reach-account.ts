import type { Tx } from "#db/client.ts";
import { type Account, holdById } from "#lib/account/find-account.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { judge, type Officer, type Right } from "#lib/office/roles/rights.ts";
import { officerOf, ranksOf } from "#lib/office/roles/rights-now.ts";

export type ReachRefusal = "signed_out" | "not_found" | "outranked";
export type Reached = { officer: Officer; account: Account };

/**
 * The officer who acts and the account they want to use a right on, its row held until the transaction ends; rights, scope
 * and rank are read fresh. An account outside their offices does not exist for them, no more than an id that is nobody's;
 * both are recorded, and so is a try at somebody of equal or higher rank.
 */
export async function reachAccount(
  tx: Tx,
  ctx: Context,
  right: Right,
  accountId: string,
): Promise<Result<Reached, ReachRefusal>> {
  if (ctx.actor.kind !== "account") return refuse("signed_out");
  const account = isUuid(accountId) ? await holdById(tx, accountId) : undefined;
  const officer = await officerOf(tx, ctx);
  const verdict =
    account && officer
      ? judge(officer, right, {
          accountId: account.id,
          officeId: account.officeId,
          grants: await ranksOf(tx, ctx, account.id),
        })
      : "not_found";
  if (verdict === "allowed" && account && officer) return ok({ officer, account });
  await record(tx, ctx, { type: "access.refused", accountId: account?.id ?? null, right });
  return refuse(verdict === "outranked" ? "outranked" : "not_found");
}
