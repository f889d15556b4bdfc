import { and, asc, eq, isNull, max } from "drizzle-orm";
import type { Db, Tx } from "#db/client.ts";
import { account } from "#db/schema/account.ts";
import { replacementAnswer, securityAnswer, securityQuestion } from "#db/schema/authenticators.ts";
import { session } from "#db/schema/session.ts";
import { type ChangeRefusal, mayChange } from "#lib/assurance/sensitive.ts";
import { record } from "#lib/audit/record.ts";
import { notifyOwner } from "#lib/authenticators/notify-owner.ts";
import {
  type ChooseRefusal,
  type GivenAnswer,
  hashAnswer,
  mayJoin,
  QUESTIONS_WANTED,
} from "#lib/authenticators/security-questions/choose-questions.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { endSessionsOf } from "#lib/session/end-sessions.ts";
import { heldUntil } from "../hold-after-recovery.ts";
import { personOf } from "../person-of.ts";

export type Replacement = GivenAnswer & { textMs: string; textEn: string };

/** What the owner has answered so far in place of their questions, in this session. Nothing has changed yet. */
export const replacementsGiven = async (ctx: Context, on: Db | Tx = ctx.db): Promise<Replacement[]> =>
  ctx.actor.kind !== "account"
    ? []
    : on
        .select({
          questionId: replacementAnswer.questionId,
          hash: replacementAnswer.hash,
          textMs: securityQuestion.textMs,
          textEn: securityQuestion.textEn,
        })
        .from(replacementAnswer)
        .innerJoin(securityQuestion, eq(securityQuestion.id, replacementAnswer.questionId))
        .where(eq(replacementAnswer.sessionId, ctx.actor.sessionId))
        .orderBy(asc(replacementAnswer.addedAt), asc(replacementAnswer.questionId));

/** `setAt`: when those in use were chosen, null where there are none. `heldUntil`: they stay until then. */
export type QuestionsStanding = { setAt: Date | null; heldUntil: Date | null };

export async function questionsStanding(ctx: Context): Promise<QuestionsStanding> {
  if (ctx.actor.kind !== "account") return { setAt: null, heldUntil: null };
  const [found] = await ctx.db
    .select({ setAt: max(securityAnswer.setAt), recoveredAt: account.recoveredAt })
    .from(account)
    .leftJoin(securityAnswer, eq(securityAnswer.accountId, account.id))
    .where(eq(account.id, ctx.actor.accountId))
    .groupBy(account.id);
  return { setAt: found?.setAt ?? null, heldUntil: heldUntil(found?.recoveredAt ?? null, ctx.now()) };
}

/** Adds one answered question to those that shall replace the owner's. The rules are the activation's. */
export async function addReplacement(
  ctx: Context,
  questionId: string,
  answer: string,
): Promise<Result<null, "signed_out" | ChooseRefusal>> {
  if (ctx.actor.kind !== "account") return refuse("signed_out");
  const [given, [owner]] = await Promise.all([
    replacementsGiven(ctx),
    ctx.db.select().from(account).where(eq(account.id, ctx.actor.accountId)),
  ]);
  if (!owner) return refuse("signed_out");
  const hashed = await hashAnswer(ctx, personOf(ctx, owner), given, questionId, answer);
  if (!hashed.ok) return hashed;
  const kept = await ctx.db.transaction((tx) => keep(tx, ctx, given, { questionId, hash: hashed.value }));
  if (!kept.ok && kept.error === "answers_changed") return addReplacement(ctx, questionId, answer);
  return kept as Result<null, "signed_out" | ChooseRefusal>;
}

async function keep(tx: Tx, ctx: Context, before: readonly GivenAnswer[], added: GivenAnswer) {
  const sessionId = await holdSession(tx, ctx);
  if (sessionId === null) return refuse("signed_out");
  const may = mayJoin(await replacementsGiven(ctx, tx), before, added.questionId);
  if (!may.ok) return may;
  await tx.insert(replacementAnswer).values({ sessionId, ...added, addedAt: ctx.now() });
  return ok(null);
}

/** The session's row is the lock: two tabs adding at once are counted one after the other. */
async function holdSession(tx: Tx, ctx: Context): Promise<string | null> {
  if (ctx.actor.kind !== "account") return null;
  const its = and(eq(session.id, ctx.actor.sessionId), isNull(session.endedAt));
  const [held] = await tx.select({ id: session.id }).from(session).where(its).for("no key update");
  return held?.id ?? null;
}

/** Takes one answered question back. Taking back what is not there changes nothing. */
export async function removeReplacement(ctx: Context, questionId: string): Promise<void> {
  if (ctx.actor.kind !== "account") return;
  const { sessionId } = ctx.actor;
  await ctx.db
    .delete(replacementAnswer)
    .where(and(eq(replacementAnswer.sessionId, sessionId), eq(replacementAnswer.questionId, questionId)));
}

/**
 * Three answered questions take the place of the owner's, all at once. Refuses `step_up` without a fresh proof (what
 * was answered stays), `questions_missing`, and `on_hold` for 48 hours after a recovery: they are what unlocks an
 * account whose mailbox somebody else reads. Of many at once one does it.
 */
export async function replaceSecurityQuestions(
  ctx: Context,
): Promise<Result<null, ChangeRefusal | "questions_missing" | "on_hold">> {
  return ctx.db.transaction(async (tx) => {
    const may = await mayChange(tx, ctx, "security_questions.replace");
    if (!may.ok) return may;
    const sessionId = await holdSession(tx, ctx);
    if (sessionId === null) return refuse("signed_out");
    const { accountId } = may.value;
    const given = await replacementsGiven(ctx, tx);
    if (given.length !== QUESTIONS_WANTED) return refuse("questions_missing");
    const [owner] = await tx
      .select({ recoveredAt: account.recoveredAt })
      .from(account)
      .where(eq(account.id, accountId));
    if (owner && heldUntil(owner.recoveredAt, ctx.now())) return refuse("on_hold");
    await tx.delete(securityAnswer).where(eq(securityAnswer.accountId, accountId));
    const setAt = ctx.now();
    await tx
      .insert(securityAnswer)
      .values(given.map(({ questionId, hash }) => ({ accountId, questionId, hash, setAt })));
    await tx.delete(replacementAnswer).where(eq(replacementAnswer.sessionId, sessionId));
    await record(tx, ctx, { type: "security_questions.replaced", accountId });
    await endSessionsOf(tx, ctx, accountId, { all: true, except: sessionId }, "security_questions_replaced");
    await notifyOwner(tx, ctx, accountId, "security_questions_replaced");
    return ok(null);
  });
}
