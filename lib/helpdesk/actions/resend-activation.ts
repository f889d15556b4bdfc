import { issueActivationLink, type LinkRefusal } from "#lib/account/activation/activation-link.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result } from "#lib/kernel/result.ts";
import type { ReachRefusal } from "../reach-account.ts";
import { actOn, type Wanted } from "./act-on.ts";

/**
 * Mails a fresh activation link to the official mailbox. Officers have an allowance of their own for each mailbox, one a
 * minute and five an hour, whatever its person has asked for: `throttled` beyond it. Answers where it goes.
 */
export const resendActivation = (
  ctx: Context,
  wanted: Wanted,
): Promise<Result<{ mailbox: string }, LinkRefusal | ReachRefusal>> =>
  actOn(ctx, "resend_activation", wanted, async ({ tx, ctx: desk, account, act }) => {
    const issued = await issueActivationLink(tx, desk, account, null);
    if (!issued.ok) return issued;
    await act();
    return ok({ mailbox: account.officialEmail });
  });
