import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { unmarkMailbox } from "#lib/mail/delivery/mark-mailbox.ts";
import type { ReachRefusal } from "../reach-account.ts";
import { actOn, type Wanted } from "./act-on.ts";

/**
 * "The address works again": letters go to the official mailbox as before they came back. Refuses `not_marked` where
 * nothing keeps them from it. Should they come back again, so does the mark.
 */
export const clearMailbox = (ctx: Context, wanted: Wanted): Promise<Result<null, ReachRefusal | "not_marked">> =>
  actOn(ctx, "clear_mailbox", wanted, async ({ tx, ctx: desk, account, act }) => {
    if (!(await unmarkMailbox(tx, account.officialEmail))) return refuse("not_marked");
    const { actionId } = await act();
    await record(tx, desk, { type: "mailbox.cleared", accountId: account.id, actionId });
    return ok(null);
  });
