import type { Tx } from "#db/client.ts";
import type { AccountStatus } from "#db/schema/account.ts";
import { holdById } from "#lib/account/find-account.ts";
import { move } from "#lib/account/lifecycle.ts";
import { record } from "#lib/audit/record.ts";
import { notifyOwner } from "#lib/authenticators/notify-owner.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";

/**
 * A suspended account is again what it was when it was suspended; answers what that is. What the suspension ended stays
 * ended. Refuses `not_suspended`. `actionId`: of the officer's action.
 */
export async function reinstateAccount(
  tx: Tx,
  ctx: Context,
  accountId: string,
  { actionId }: { actionId: string },
): Promise<Result<AccountStatus, "not_suspended">> {
  const owner = await holdById(tx, accountId);
  const moved = owner && (await move(tx, owner, "reinstate"));
  if (!moved?.ok) return refuse("not_suspended");
  await record(tx, ctx, { type: "account.reinstated", accountId, actionId });
  await notifyOwner(tx, ctx, accountId, "account_reinstated");
  return ok(moved.value.status);
}
