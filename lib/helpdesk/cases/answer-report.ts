import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { recordAction } from "../act.ts";
import { atDesk } from "../actions/act-on.ts";
import type { ReachRefusal } from "../reach-account.ts";
import type { Reason } from "../reason.ts";
import { endCase } from "./end-case.ts";
import { reachCase } from "./reach-case.ts";

export type AnswerRefusal = ReachRefusal | "not_open" | "not_report";

/**
 * What somebody reported has been looked at: the case is closed with a note that they read in their activity. The lock
 * that the report put on the account stays; its owner lifts it, or `unlock` does.
 */
export function answerReport(ctx: Context, reference: string, answer: Reason): Promise<Result<null, AnswerRefusal>> {
  return ctx.db.transaction(async (tx): Promise<Result<null, AnswerRefusal>> => {
    const reached = await reachCase(tx, ctx, "case.answer", reference);
    if (!reached.ok) return reached;
    const { officer, account, filed } = reached.value;
    if (filed.kind !== "report") return refuse("not_report");
    const desk = await atDesk(tx, ctx, officer.accountId);
    const what = { accountId: account.id, action: "answer_case", reason: answer, caseId: filed.id } as const;
    await recordAction(tx, desk, what);
    await endCase(tx, desk, filed, "closed", { answer });
    return ok(null);
  });
}
