import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { passwordReset } from "#db/schema/recovery.ts";
import type { Account } from "#lib/account/find-account.ts";
import { awaitsActivation } from "#lib/account/lifecycle.ts";
import { record } from "#lib/audit/record.ts";
import { type Context, doneFrom } from "#lib/kernel/context.ts";
import { mailedDigests } from "#lib/kernel/mailed-secrets.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { after } from "#lib/kernel/time.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import { enqueue } from "#lib/mail/enqueue.ts";
import { RESET_LETTER_LIFETIME, RESET_LIFETIME } from "#lib/mail/letters.ts";
import { countLetters, type LettersOfLate, mayGoAfter } from "#lib/throttle/letters-of-late.ts";
import { recordRefusal } from "#lib/throttle/record-refusal.ts";

export type IssueRefusal = "not_activated" | "suspended" | "mailbox_unverified" | "throttled";

/**
 * Whether a link to a new password may be mailed: to the verified mailbox of an account that is activated, or that its
 * owner has locked. An account activated in person may have a mailbox that nobody has proven: that may be a stranger's.
 */
function mayIssueReset(
  to: Pick<Account, "status" | "officialEmailVerifiedAt">,
  issued: LettersOfLate,
): Result<null, IssueRefusal> {
  if (to.status === "suspended") return refuse("suspended");
  if (awaitsActivation(to.status) || to.status === "closed") return refuse("not_activated");
  if (!to.officialEmailVerifiedAt) return refuse("mailbox_unverified");
  return mayGoAfter(issued) ? ok(null) : refuse("throttled");
}

/**
 * Issues a reset and owes its letter, or records why not, and says so. The account's row must be locked by the caller,
 * or the limits would be read by two at once. Older links live until this one's letter is handed over. `knownBrowser`:
 * null where an officer asks.
 */
export async function issueReset(
  tx: Tx,
  ctx: Context,
  to: Account,
  knownBrowser: boolean | null,
): Promise<Result<null, IssueRefusal>> {
  const now = ctx.now();
  const asked =
    knownBrowser === null ? isNull(passwordReset.knownBrowser) : eq(passwordReset.knownBrowser, knownBrowser);
  const alike = and(eq(passwordReset.mailbox, to.officialEmail), asked);
  const allowed = mayIssueReset(to, await countLetters(tx, passwordReset, alike, now));
  if (!allowed.ok) {
    await recordRefusal(tx, ctx, { type: "password_reset.refused", accountId: to.id, reason: allowed.error });
    return allowed;
  }
  const resetId = uuidv7(now, ctx.random);
  await tx.insert(passwordReset).values({
    id: resetId,
    accountId: to.id,
    ...mailedDigests(ctx.keys, "reset", resetId),
    createdAt: now,
    // Where the hand-over is never marked it does not outlive its letter; the hand-over brings its end forward.
    expiresAt: after(after(now, RESET_LETTER_LIFETIME), RESET_LIFETIME),
    mailbox: to.officialEmail,
    knownBrowser,
    requestedFrom: doneFrom(ctx),
  });
  await record(tx, ctx, { type: "password_reset.issued", accountId: to.id, resetId });
  await enqueue(tx, ctx, { kind: "password_reset", accountId: to.id, to: to.officialEmail, about: { resetId } });
  return ok(null);
}
