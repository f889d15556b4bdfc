import { findActivity } from "#lib/account/activity/list-activity.ts";
import { holdById } from "#lib/account/find-account.ts";
import { openCase } from "#lib/account/open-case.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { lockAccount } from "./lock-account.ts";

/** How much a person may write to the helpdesk, in characters: half a page. */
export const REPORT_MAX = 1_000;

export type ReportRefusal = "signed_out" | "not_found";

/**
 * The signed-in owner says that something in their activity was not their doing: the account is locked at once, and a
 * case for the helpdesk is filed about that event, in one transaction. Answers the case's reference. Refuses
 * `not_found` for an event that is not in their activity; `signed_out` where the account was locked meanwhile, from elsewhere
 * or by another press. `words`: in the person's own; null where they wrote none.
 */
export async function reportEvent(
  ctx: Context,
  eventId: number,
  words: string | null,
): Promise<Result<{ reference: string }, ReportRefusal>> {
  const { actor } = ctx;
  if (actor.kind !== "account") return refuse("signed_out");
  if (!(await findActivity(ctx, eventId))) return refuse("not_found");
  return ctx.db.transaction(async (tx) => {
    const owner = await holdById(tx, actor.accountId);
    if (owner?.status !== "activated") return refuse("signed_out");
    const about = { accountId: owner.id, kind: "report", eventId } as const;
    const { reference } = await openCase(tx, ctx, words === null ? about : { ...about, reason: words });
    const locked = await lockAccount(tx, ctx, owner.id, { how: "report", reference });
    if (!locked.ok) throw new Error(`An activated account could not be locked: ${locked.error}`);
    return ok({ reference });
  });
}
