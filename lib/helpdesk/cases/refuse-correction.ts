import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { recordAction } from "../act.ts";
import { atDesk } from "../actions/act-on.ts";
import type { ReachRefusal } from "../reach-account.ts";
import type { Reason } from "../reason.ts";
import { endCase, withdrawRequestsOn } from "./end-case.ts";
import { reachCase } from "./reach-case.ts";

export type RefuseRefusal = ReachRefusal | "not_open" | "not_correction";

/**
 * A correction is not made, of whichever kind: one officer says so, and why in words that its owner reads in their
 * profile. What a second officer was to decide on is withdrawn.
 */
export function refuseCorrection(
  ctx: Context,
  reference: string,
  answer: Reason,
): Promise<Result<null, RefuseRefusal>> {
  return ctx.db.transaction(async (tx): Promise<Result<null, RefuseRefusal>> => {
    const reached = await reachCase(tx, ctx, "correction.decide", reference);
    if (!reached.ok) return reached;
    const { officer, account, filed } = reached.value;
    if (filed.kind === "report") return refuse("not_correction");
    const desk = await atDesk(tx, ctx, officer.accountId);
    const what = { accountId: account.id, action: "decide_correction", reason: answer, caseId: filed.id } as const;
    await recordAction(tx, desk, what);
    await withdrawRequestsOn(tx, desk, filed);
    await endCase(tx, desk, filed, "refused", { answer });
    return ok(null);
  });
}
