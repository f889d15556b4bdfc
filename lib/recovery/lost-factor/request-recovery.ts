import type { Tx } from "#db/client.ts";
import { issueActivationLink } from "#lib/account/activation/activation-link.ts";
import type { Account } from "#lib/account/find-account.ts";
import { awaitsActivation } from "#lib/account/lifecycle.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { IdentityNumber } from "#lib/kernel/identity-number.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import { enqueue } from "#lib/mail/enqueue.ts";
import type { LostFactorRefusal } from "#lib/mail/letters.ts";
import { sendJob } from "#lib/mail/send-job.ts";
import { mayNotify } from "#lib/throttle/may-notify.ts";
import { recordRefusal } from "#lib/throttle/record-refusal.ts";
import { type Claim, claimOf, lockClaimed, onBehalfOf } from "../claim.ts";
import { issueRecovery, mayIssueRecovery } from "./issue-recovery.ts";

export const RECOVERY_REQUESTS_QUEUE = "recovery-requests";

/**
 * "I lost my second factor". Leaves the request for a job and returns nothing: the caller must not learn whether the
 * number has an account, or which mailbox is its own. What is done for the caller is the same one statement either way.
 */
export async function requestRecovery(ctx: Context, identity: IdentityNumber, officialEmail: string): Promise<void> {
  const claim = claimOf(ctx, identity, officialEmail);
  await ctx.db.transaction((tx) => sendJob<Claim>(tx, RECOVERY_REQUESTS_QUEUE, claim, uuidv7(ctx.now(), ctx.random)));
}

/**
 * The job: owes the letter that leads on, or the one that says what stands in the way, or records why there is none.
 * Only a number together with its own mailbox owes any. `system` is the context jobs act in.
 */
export async function answerRecoveryRequest(system: Context, claim: Claim): Promise<void> {
  const ctx = onBehalfOf(system, claim);
  await ctx.db.transaction(async (tx) => {
    const found = await lockClaimed(tx, ctx, claim);
    if (!found?.matches) {
      const accountId = found?.account.id ?? null;
      return recordRefusal(tx, ctx, { type: "recovery.refused", accountId, reason: "no_match" });
    }
    const { account, knownBrowser } = found;
    const may = await mayIssueRecovery(tx, ctx, account, knownBrowser);
    if (may.ok) return issueRecovery(tx, ctx, account, knownBrowser);
    await recordRefusal(tx, ctx, { type: "recovery.refused", accountId: account.id, reason: may.error });
    if (may.error === "not_activated") {
      if (awaitsActivation(account.status)) await issueActivationLink(tx, ctx, account, knownBrowser);
    } else if (may.error !== "throttled") await tellWhyNot(tx, ctx, account, may.error);
  });
}

/** To the official mailbox alone, where it was asked for. */
async function tellWhyNot(tx: Tx, ctx: Context, { id, officialEmail }: Account, why: LostFactorRefusal): Promise<void> {
  if (!(await mayNotify(tx, ctx, id, "lost_factor_refused"))) return;
  await enqueue(tx, ctx, {
    kind: "lost_factor_refused",
    accountId: id,
    to: officialEmail,
    about: { why, requestedFrom: ctx.request.device, requestedAt: ctx.now().toISOString() },
  });
}
