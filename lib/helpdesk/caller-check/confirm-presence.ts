import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result } from "#lib/kernel/result.ts";
import { recordAction } from "../act.ts";
import { type ReachRefusal, reachAccount } from "../reach-account.ts";
import type { Reason } from "../reason.ts";
import { insertCheck } from "./start-check.ts";

/**
 * The officer has the person in front of them and has compared their document. `reason`: which one, and where; it is kept
 * with the officer's name.
 */
export function confirmPresence(ctx: Context, accountId: string, reason: Reason): Promise<Result<null, ReachRefusal>> {
  return ctx.db.transaction(async (tx) => {
    const reached = await reachAccount(tx, ctx, "caller.check", accountId);
    if (!reached.ok) return reached;
    const { account } = reached.value;
    const checkId = await insertCheck(tx, ctx, reached.value, "presence", { verifiedAt: ctx.now() });
    await recordAction(tx, ctx, { accountId: account.id, action: "check_caller", reason });
    await record(tx, ctx, { type: "caller_check.passed", accountId: account.id, checkId, kind: "presence" });
    return ok(null);
  });
}
