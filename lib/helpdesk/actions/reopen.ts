import { whenContended } from "#db/contended.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { mayReopen, type ReopenRefusal, reopenAccount } from "#lib/recovery/close/reopen-account.ts";
import { type ReachRefusal, reachAccount } from "../reach-account.ts";
import { openRequest } from "../two-officers/open-request.ts";
import type { Outcome } from "../two-officers/outcome.ts";
import { atDesk, type Wanted } from "./act-on.ts";

/**
 * Asks a second officer to agree that a closed account is used again. Refuses what would stand in the way at once:
 * another account has its number or its address meanwhile. Answers the request's id.
 */
export function requestReopening(
  ctx: Context,
  { accountId, reason }: Wanted,
): Promise<Result<{ requestId: string }, ReachRefusal | ReopenRefusal | "already_open">> {
  return whenContended(() =>
    ctx.db.transaction(async (tx) => {
      const reached = await reachAccount(tx, ctx, "reopen.request", accountId);
      if (!reached.ok) return reached;
      const may = await mayReopen(tx, accountId);
      return may.ok ? openRequest(tx, ctx, reached.value, { kind: "reopen", reason }) : may;
    }),
  );
}

/** Two officers agree: the person activates it anew, from the mailbox on. */
export const reopening: Outcome = {
  async approved(tx, ctx, { request, reached: { officer, account } }) {
    const desk = await atDesk(tx, ctx, officer.accountId);
    const reopened = await reopenAccount(tx, desk, account.id, { requestId: request.id });
    if (reopened.ok) return ok({});
    switch (reopened.error) {
      case "identity_taken":
      case "mailbox_taken":
        return refuse(reopened.error);
      default:
        return refuse("illegal_move");
    }
  },
};
