import type { Tx } from "#db/client.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { judge, type Officer, type Right } from "#lib/office/roles/rights.ts";
import { officerOf, ranksOf } from "#lib/office/roles/rights-now.ts";

export type ReachRefusal = "signed_out" | "not_found" | "outranked";

/**
 * The officer who acts and the account they want to use a right on, where they may; rights, scope and rank are read fresh.
 * `officeId`: whose officers decide, where that is not the account's own office. Nobody (undefined) and an account outside
 * their offices do not exist for them; both are recorded, and so is a try at somebody they stand too low for.
 */
export async function requireReach<A extends { id: string; officeId: string }>(
  tx: Tx,
  ctx: Context,
  right: Right,
  account: A | undefined,
  officeId = account?.officeId,
): Promise<Result<{ officer: Officer; account: A }, ReachRefusal>> {
  if (ctx.actor.kind !== "account") return refuse("signed_out");
  const officer = await officerOf(tx, ctx);
  const verdict =
    account && officeId && officer
      ? judge(officer, right, { accountId: account.id, officeId, grants: await ranksOf(tx, ctx, account.id) })
      : "not_found";
  if (verdict === "allowed" && account && officer) return ok({ officer, account });
  await recordRefusal(tx, ctx, right, account?.id);
  return refuse(verdict === "outranked" ? "outranked" : "not_found");
}

/** Keeps in the trail that somebody asked for what their rights do not reach; on nobody where it is nobody's. */
export const recordRefusal = (tx: Tx, ctx: Context, right: Right, accountId: string | undefined): Promise<void> =>
  record(tx, ctx, { type: "access.refused", accountId: accountId ?? null, right });
