import { and, eq, isNull, ne } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { recovery, undoLink } from "#db/schema/recovery.ts";
import { holdById } from "#lib/account/find-account.ts";
import { record } from "#lib/audit/record.ts";
import { type AnswerTried, verifyAnswers } from "#lib/authenticators/security-questions/verify-answers.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import { mailedToken } from "#lib/kernel/mailed-secrets.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { after } from "#lib/kernel/time.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import { sendJob } from "#lib/mail/send-job.ts";
import { refundTry, spendTry } from "#lib/throttle/failed-tries.ts";
import { oweNotice } from "#lib/throttle/owe-notice.ts";
import { findRecovery, findWait } from "./find-recovery.ts";
import { RECOVERY_WAITS_QUEUE, type WaitJob } from "./finish-waits.ts";
import { type Recovery, recoveryState, STOP_LINK_LIFETIME, WAIT } from "./recovery-state.ts";

/**
 * `unusable`: the link leads no further, or a wait is under way already; its page says which. `too_many`: the client's
 * address.
 */
export type StartRefusal = "unusable" | "answers_mismatch" | "tries_used" | "busy" | "too_many";
export type StartAnswer = Result<{ readyAt: Date }, StartRefusal> & { retryAfterSeconds?: number };

/**
 * Two right answers to the account's questions, given where its mailed link was opened, begin the wait of 24 hours.
 * Nothing opens by it; the owner is told at every address, with a link that stops it. Of many at once one begins it, and
 * there is one wait at a time. Answers are looked at five times a day, whatever link they come by.
 */
export async function startRecovery(
  ctx: Context,
  token: string,
  answers: readonly AnswerTried[],
): Promise<StartAnswer> {
  const allowed = await spendTry(ctx);
  if (!allowed.ok) return allowed;
  const found = await findRecovery(ctx.db, token);
  if (found?.owner.status !== "activated" || recoveryState(found.recovery, ctx.now()) !== "asked")
    return refuse("unusable");
  const accountId = found.owner.id;
  const verified = await verifyAnswers(ctx, accountId, answers);
  if (verified.ok || verified.error === "busy") await refundTry(ctx);
  if (verified.ok) return ctx.db.transaction((tx) => start(tx, ctx, token, accountId));
  const { error } = verified;
  if (error !== "busy")
    await ctx.db.transaction((tx) => record(tx, ctx, { type: "recovery.refused", accountId, reason: error }));
  return refuse(error);
}

async function start(tx: Tx, ctx: Context, token: string, accountId: string): Promise<StartAnswer> {
  const owner = await holdById(tx, accountId);
  // Once more, now that nobody else changes it.
  const found = await findRecovery(tx, token);
  if (owner?.status !== "activated" || !found) return refuse("unusable");
  if (recoveryState(found.recovery, ctx.now()) !== "asked" || (await findWait(tx, accountId)))
    return refuse("unusable");
  const now = ctx.now();
  const readyAt = after(now, WAIT);
  const { id } = found.recovery;
  await tx
    .update(recovery)
    .set({ startedAt: now, startedFrom: ctx.request.device, readyAt })
    .where(eq(recovery.id, id));
  await tx
    .update(recovery)
    .set({ supersededAt: now })
    .where(
      and(
        eq(recovery.accountId, accountId),
        ne(recovery.id, id),
        isNull(recovery.startedAt),
        isNull(recovery.supersededAt),
      ),
    );
  await record(tx, ctx, { type: "recovery.started", accountId, recoveryId: id, readyAt: readyAt.toISOString() });
  await tell(tx, ctx, found.recovery);
  await sendJob<WaitJob>(tx, RECOVERY_WAITS_QUEUE, { recoveryId: id }, uuidv7(now, ctx.random), {
    startAfter: readyAt,
  });
  return ok({ readyAt });
}

/** Never held back by a ceiling: one recovery is told of once, and there are no more of them than letters. */
async function tell(tx: Tx, ctx: Context, { id, accountId }: Recovery): Promise<void> {
  const now = ctx.now();
  const undoId = uuidv7(now, ctx.random);
  await tx.insert(undoLink).values({
    id: undoId,
    accountId,
    purpose: "recovery",
    recoveryId: id,
    tokenDigest: digest(mailedToken(ctx.keys, "undo", undoId)),
    createdAt: now,
    expiresAt: after(now, STOP_LINK_LIFETIME),
  });
  await oweNotice(tx, ctx, accountId, "recovery_started", { recoveryId: id, undoId }, { recoveryId: id });
}
