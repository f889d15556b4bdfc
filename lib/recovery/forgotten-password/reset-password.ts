import { and, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { account as accounts } from "#db/schema/account.ts";
import { passwordCredential } from "#db/schema/authenticators.ts";
import { passwordReset } from "#db/schema/recovery.ts";
import { type Account, holdById } from "#lib/account/find-account.ts";
import { move } from "#lib/account/lifecycle.ts";
import { personOf } from "#lib/account/person-of.ts";
import { enrolledOf, hasSecondFactor } from "#lib/assurance/enrolled.ts";
import { record } from "#lib/audit/record.ts";
import { notifyOwner } from "#lib/authenticators/notify-owner.ts";
import { acceptPassword, type NewPasswordRefusal, setPassword } from "#lib/authenticators/password/set-password.ts";
import {
  type AnswersRefusal,
  type AnswerTried,
  verifyAnswers,
} from "#lib/authenticators/security-questions/verify-answers.ts";
import { blindIndexes } from "#lib/kernel/blind-index.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import type { IdentityNumber } from "#lib/kernel/identity-number.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { endSessionsOf } from "#lib/session/end-sessions.ts";
import { refundTry, spendTry } from "#lib/throttle/failed-tries.ts";
import { limits } from "#lib/throttle/limits.ts";
import { oweToAll } from "#lib/throttle/owe-notice.ts";
import { type Reset, type ResetRefusal, triesOfLate, usableReset } from "./view-reset.ts";

export type ResetAnswer = Result<
  null,
  | ResetRefusal
  | NewPasswordRefusal
  | "identity_mismatch"
  | Exclude<AnswersRefusal, "tries_used">
  | "answer_tries_used"
  | "too_many"
> & { retryAfterSeconds?: number };

/** What proves the owner of the mailbox to be the owner of the account. `answers`: only where it is locked. */
export type OwnerProof = { identity: IdentityNumber; answers: readonly AnswerTried[] };

/**
 * Sets the password that was chosen in place of one that is forgotten, or that somebody else knows. The identity number
 * says that its owner opened the link: five wrong ones end every reset of that day. An account that its owner has locked
 * also asks for security answers, and is unlocked by the new password. Every session ends, none is opened; second
 * factors stay, and are asked for at the sign-in that follows, whatever the owner's switch said. Of many at once one
 * succeeds, the others are told `done`.
 */
export async function resetPassword(
  ctx: Context,
  token: string,
  proof: OwnerProof,
  plain: string,
): Promise<ResetAnswer> {
  const allowed = await spendTry(ctx);
  if (!allowed.ok) return allowed;
  const proven = await ctx.db.transaction((tx) => proveIdentity(tx, ctx, token, proof.identity));
  if (!proven.ok) return proven;
  const { owner, former } = proven.value;
  const unlocks = owner.status === "locked";
  if (unlocks) {
    const answered = await proveAnswers(ctx, owner.id, proof.answers);
    if (!answered.ok) return answered;
  }
  await refundTry(ctx);
  const accepted = await acceptPassword(ctx.policy.passwordPolicy, plain, personOf(ctx, owner), former);
  if (!accepted.ok) return accepted;
  return ctx.db.transaction((tx) => finish(tx, ctx, token, { hash: accepted.value, unlocks }));
}

/** The account before its reset, as everybody who holds both does. */
async function hold(tx: Tx, token: string): Promise<{ reset: Reset; owner: Account } | null> {
  const its = eq(passwordReset.tokenDigest, digest(token));
  const [named] = await tx.select({ accountId: passwordReset.accountId }).from(passwordReset).where(its);
  const owner = named && (await holdById(tx, named.accountId));
  const [reset] = await tx.select().from(passwordReset).where(its).for("update");
  return owner && reset ? { reset, owner } : null;
}

async function proveIdentity(
  tx: Tx,
  ctx: Context,
  token: string,
  identity: IdentityNumber,
): Promise<Result<{ owner: Account; former: string | null }, ResetRefusal | "identity_mismatch">> {
  const held = await hold(tx, token);
  if (!held) return refuse("unknown");
  const { reset, owner } = held;
  const usable = await usableReset(tx, ctx, reset, owner);
  if (!usable.ok) return usable;
  if (blindIndexes(ctx.keys, identity).includes(owner.identityIndex)) {
    const [credential] = await tx
      .select({ hash: passwordCredential.hash })
      .from(passwordCredential)
      .where(eq(passwordCredential.accountId, owner.id));
    return ok({ owner, former: credential?.hash ?? null });
  }
  // On all of them: what a day allows is counted by its oldest.
  await tx
    .update(passwordReset)
    .set({ identityTries: sql`${passwordReset.identityTries} + 1` })
    .where(and(eq(passwordReset.accountId, owner.id), isNull(passwordReset.doneAt)));
  const tries = await triesOfLate(tx, owner.id, ctx.now());
  const reason = tries < limits.identityTriesPerReset ? "identity_mismatch" : "tries_used";
  await record(tx, ctx, { type: "password_reset.refused", accountId: owner.id, reason });
  return refuse(reason);
}

async function proveAnswers(
  ctx: Context,
  accountId: string,
  answers: readonly AnswerTried[],
): Promise<Result<null, "answers_mismatch" | "answer_tries_used" | "busy">> {
  const answered = await verifyAnswers(ctx, accountId, answers);
  if (answered.ok) return answered;
  if (answered.error === "busy") return refuse("busy");
  const reason = answered.error === "tries_used" ? "answer_tries_used" : answered.error;
  await ctx.db.transaction((tx) => record(tx, ctx, { type: "password_reset.refused", accountId, reason }));
  return refuse(reason);
}

async function finish(
  tx: Tx,
  ctx: Context,
  token: string,
  { hash, unlocks }: { hash: string; unlocks: boolean },
): Promise<Result<null, ResetRefusal>> {
  const held = await hold(tx, token);
  if (!held) return refuse("unknown");
  const { reset, owner } = held;
  const usable = await usableReset(tx, ctx, reset, owner);
  if (!usable.ok) return usable;
  // Locked while the password was looked at: nobody has answered what a locked account asks.
  if (owner.status === "locked" && !unlocks) return refuse("expired");
  await tx
    .update(passwordReset)
    .set({ doneAt: ctx.now() })
    .where(and(eq(passwordReset.accountId, owner.id), isNull(passwordReset.doneAt)));
  await setPassword(tx, ctx, owner, hash);
  if (owner.status === "locked") await unlock(tx, ctx, owner);
  await tx.update(accounts).set({ recoveredAt: ctx.now() }).where(eq(accounts.id, owner.id));
  await askTwoFactors(tx, ctx, owner.id);
  await endSessionsOf(tx, ctx, owner.id, { all: true }, "password_reset");
  await record(tx, ctx, { type: "password.reset", accountId: owner.id });
  // Beyond the ceiling of notices, too: the links that lock in earlier ones died of this recovery. Its own letters hold
  // it back.
  const about = { change: "password_reset", from: ctx.request.device, at: ctx.now().toISOString() } as const;
  await oweToAll(tx, ctx, owner.id, "security_change", about);
  return ok(null);
}

async function unlock(tx: Tx, ctx: Context, owner: Account): Promise<void> {
  const moved = await move(tx, owner, "recover");
  if (!moved.ok) throw new Error(`The locked account ${owner.id} could not move: ${moved.error}`);
  await record(tx, ctx, { type: "account.unlocked", accountId: owner.id });
  await notifyOwner(tx, ctx, owner.id, "account_unlocked");
}

/** Or whoever reads the mailbox would be in, where its owner had switched the second factor off. */
async function askTwoFactors(tx: Tx, ctx: Context, accountId: string): Promise<void> {
  const enrolled = await enrolledOf(tx, accountId);
  if (enrolled.asksTwoFactors || !hasSecondFactor(enrolled)) return;
  await tx.update(accounts).set({ asksTwoFactors: true }).where(eq(accounts.id, accountId));
  await record(tx, ctx, { type: "two_factors.switched", accountId, on: true });
  await notifyOwner(tx, ctx, accountId, "two_factors_on");
}
