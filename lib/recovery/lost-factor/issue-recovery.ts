import { and, eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { securityAnswer } from "#db/schema/authenticators.ts";
import { recovery } from "#db/schema/recovery.ts";
import type { Account } from "#lib/account/find-account.ts";
import { enrolledOf, hasSecondFactor } from "#lib/assurance/enrolled.ts";
import { record } from "#lib/audit/record.ts";
import { ANSWERS_NEEDED } from "#lib/authenticators/security-questions/verify-answers.ts";
import type { Context } from "#lib/kernel/context.ts";
import { mailedDigests } from "#lib/kernel/mailed-secrets.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import { enqueue } from "#lib/mail/enqueue.ts";
import type { LostFactorRefusal } from "#lib/mail/letters.ts";
import { countLetters, mayGoAfter } from "#lib/throttle/letters-of-late.ts";

/**
 * Whether a letter may go that lets the owner of an account replace a lost second factor: to the verified mailbox of an
 * activated account that has a second factor, and security questions by which to know its owner. The account's row must
 * be locked by the caller, or the limits would be read by two at once.
 */
export async function mayIssueRecovery(
  tx: Tx,
  ctx: Context,
  to: Account,
  knownBrowser: boolean,
): Promise<Result<null, LostFactorRefusal | "not_activated" | "throttled">> {
  if (to.status === "suspended" || to.status === "locked") return refuse(to.status);
  if (to.status !== "activated") return refuse("not_activated");
  // An account activated in person may have a mailbox that nobody has proven: that may be a stranger's.
  if (!to.officialEmailVerifiedAt) return refuse("not_activated");
  if (!hasSecondFactor(await enrolledOf(tx, to.id))) return refuse("no_second_factor");
  if ((await tx.$count(securityAnswer, eq(securityAnswer.accountId, to.id))) < ANSWERS_NEEDED)
    return refuse("no_questions");
  const alike = and(eq(recovery.mailbox, to.officialEmail), eq(recovery.knownBrowser, knownBrowser));
  return mayGoAfter(await countLetters(tx, recovery, alike, ctx.now())) ? ok(null) : refuse("throttled");
}

/** Issues a link and owes its letter. Older ones live until this one's letter is handed over. */
export async function issueRecovery(tx: Tx, ctx: Context, to: Account, knownBrowser: boolean): Promise<void> {
  const now = ctx.now();
  const recoveryId = uuidv7(now, ctx.random);
  await tx.insert(recovery).values({
    id: recoveryId,
    accountId: to.id,
    mailbox: to.officialEmail,
    ...mailedDigests(ctx.keys, "recovery", recoveryId),
    knownBrowser,
    requestedFrom: ctx.request.device,
    createdAt: now,
  });
  await record(tx, ctx, { type: "recovery.issued", accountId: to.id, recoveryId });
  await enqueue(tx, ctx, { kind: "lost_factor", accountId: to.id, to: to.officialEmail, about: { recoveryId } });
}
