import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { type IssueRefusal, issueReset } from "#lib/recovery/forgotten-password/issue-reset.ts";
import { disablePassword } from "#lib/recovery/undo/disable-password.ts";
import { endSessionsOf } from "#lib/session/end-sessions.ts";
import type { ReachRefusal } from "../reach-account.ts";
import { actOn, type Wanted } from "./act-on.ts";

/**
 * Mails a link to a new password to the official mailbox; the old password opens nothing from here, and every session
 * ends. No officer sees or chooses it. What its owner has locked stays so: the reset asks for their security answers.
 * Refuses as the letter does, and then changes nothing. Answers where it goes.
 */
export const sendReset = (
  ctx: Context,
  wanted: Wanted,
): Promise<Result<{ mailbox: string }, IssueRefusal | ReachRefusal>> =>
  actOn(ctx, "send_reset", wanted, async ({ tx, ctx: desk, account, act }) => {
    const issued = await issueReset(tx, desk, account, null);
    if (!issued.ok) return refuse(issued.error);
    await act();
    await disablePassword(tx, desk, account.id, "officer");
    await endSessionsOf(tx, desk, account.id, { all: true }, "officer");
    return ok({ mailbox: account.officialEmail });
  });
