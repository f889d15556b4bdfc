import type { Tx } from "#db/client.ts";
import { issueActivationLink } from "#lib/account/activation/activation-link.ts";
import type { Account } from "#lib/account/find-account.ts";
import { awaitsActivation } from "#lib/account/lifecycle.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { IdentityNumber } from "#lib/kernel/identity-number.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import { enqueue } from "#lib/mail/enqueue.ts";
import { sendJob } from "#lib/mail/send-job.ts";
import { mayNotify } from "#lib/throttle/may-notify.ts";
import { recordRefusal } from "#lib/throttle/record-refusal.ts";
import { type Claim, claimOf, lockClaimed, onBehalfOf } from "../claim.ts";
import { issueReset } from "./issue-reset.ts";

export const RESET_REQUESTS_QUEUE = "reset-requests";

/**
 * "Forgot password". Leaves the request for a job and returns nothing: the caller must not learn whether the number has
 * an account, or which mailbox is its own. What is done for the caller is the same one statement either way.
 */
export async function requestReset(ctx: Context, identity: IdentityNumber, officialEmail: string): Promise<void> {
  const claim = claimOf(ctx, identity, officialEmail);
  await ctx.db.transaction((tx) => sendJob<Claim>(tx, RESET_REQUESTS_QUEUE, claim, uuidv7(ctx.now(), ctx.random)));
}

/**
 * The job: owes the letter that helps the owner of the mailbox, or records why there is none. Only a number together
 * with its own mailbox owes any. `system` is the context jobs act in.
 */
export async function answerResetRequest(system: Context, claim: Claim): Promise<void> {
  const ctx = onBehalfOf(system, claim);
  await ctx.db.transaction(async (tx) => {
    const found = await lockClaimed(tx, ctx, claim);
    if (!found?.matches) {
      const accountId = found?.account.id ?? null;
      return recordRefusal(tx, ctx, { type: "password_reset.refused", accountId, reason: "no_match" });
    }
    const { account, knownBrowser } = found;
    const issued = await issueReset(tx, ctx, account, knownBrowser);
    if (issued.ok) return;
    if (awaitsActivation(account.status)) await issueActivationLink(tx, ctx, account, knownBrowser);
    if (issued.error === "suspended") await tellNotPossible(tx, ctx, account);
  });
}

/** To the official mailbox alone, where it was asked for. */
async function tellNotPossible(tx: Tx, ctx: Context, { id, officialEmail }: Account): Promise<void> {
  if (!(await mayNotify(tx, ctx, id, "recovery_not_possible"))) return;
  await enqueue(tx, ctx, {
    kind: "recovery_not_possible",
    accountId: id,
    to: officialEmail,
    about: { requestedFrom: ctx.request.device, requestedAt: ctx.now().toISOString() },
  });
}
