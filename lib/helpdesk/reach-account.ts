import type { Tx } from "#db/client.ts";
import { type Account, holdById } from "#lib/account/find-account.ts";
import type { Context } from "#lib/kernel/context.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import type { Officer, Right } from "#lib/office/roles/rights.ts";
import { type ReachRefusal, requireReach } from "./require-reach.ts";

export type { ReachRefusal };
export type Reached = { officer: Officer; account: Account };

/** `requireReach` on an account by its id, whose row is held until the transaction ends. */
export async function reachAccount(
  tx: Tx,
  ctx: Context,
  right: Right,
  accountId: string,
): Promise<Result<Reached, ReachRefusal>> {
  if (ctx.actor.kind !== "account") return refuse("signed_out");
  return requireReach(tx, ctx, right, isUuid(accountId) ? await holdById(tx, accountId) : undefined);
}
