import { and, desc, eq, isNotNull } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { callerCheck } from "#db/schema/helpdesk.ts";
import { record } from "#lib/audit/record.ts";
import { questionsOf, verifyAnswer } from "#lib/authenticators/security-questions/verify-answers.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { type ReachRefusal, reachAccount } from "../reach-account.ts";
import { isLiving } from "./check-state.ts";
import { findLatest } from "./find-latest.ts";
import { insertCheck } from "./start-check.ts";

/**
 * Chooses one of the account's security questions for the officer to ask. By chance, and kept until it was answered
 * right, whoever asks: else a caller would be asked again and again until the one comes that they know.
 */
export function askQuestion(
  ctx: Context,
  accountId: string,
): Promise<Result<{ checkId: string }, ReachRefusal | "no_questions">> {
  return ctx.db.transaction(async (tx) => {
    const reached = await reachAccount(tx, ctx, "caller.check", accountId);
    if (!reached.ok) return reached;
    const questionId = await chooseQuestion(tx, ctx, reached.value.account.id);
    if (!questionId) return refuse("no_questions");
    return ok({ checkId: await insertCheck(tx, ctx, reached.value, "question", { questionId }) });
  });
}

async function chooseQuestion(tx: Tx, ctx: Context, accountId: string): Promise<string | undefined> {
  const own = (await questionsOf({ db: tx }, accountId)).map(({ id }) => id);
  const [last] = await tx
    .select()
    .from(callerCheck)
    .where(and(eq(callerCheck.accountId, accountId), isNotNull(callerCheck.questionId)))
    .orderBy(desc(callerCheck.startedAt), desc(callerCheck.id))
    .limit(1);
  if (last?.questionId && !last.verifiedAt && own.includes(last.questionId)) return last.questionId;
  // 32 bits modulo three leave no bias to speak of.
  return own[ctx.random(4).readUInt32BE() % Math.max(1, own.length)];
}

/** `not_started`: no question is asked. `tries_used`: five wrong answers a day, those given in recoveries included. */
export type AnswerRefusal = ReachRefusal | "not_started" | "answer_mismatch" | "tries_used" | "busy";

/**
 * The officer types what the caller answers, and learns whether it matches, nothing else. From then on the caller counts
 * as the owner for 15 minutes. Each try is counted before it is looked at, together with those of recoveries.
 */
export async function judgeAnswer(
  ctx: Context,
  accountId: string,
  answer: string,
): Promise<Result<null, AnswerRefusal>> {
  const asked = await ctx.db.transaction(async (tx) => {
    const reached = await reachAccount(tx, ctx, "caller.check", accountId);
    if (!reached.ok) return reached;
    const check = await findLatest(tx, reached.value.officer.accountId, accountId);
    return check?.questionId && isLiving(check, ctx.now())
      ? ok({ checkId: check.id, questionId: check.questionId })
      : refuse("not_started");
  });
  if (!asked.ok) return asked;
  const { checkId, questionId } = asked.value;
  const judged = await verifyAnswer(ctx, accountId, { questionId, answer });
  if (!judged.ok && judged.error === "busy") return refuse("busy");
  return ctx.db.transaction(async (tx) => {
    const reached = await reachAccount(tx, ctx, "caller.check", accountId);
    if (!reached.ok) return reached;
    if (!judged.ok) {
      const reason = judged.error === "tries_used" ? "tries_used" : "answer_mismatch";
      await record(tx, ctx, { type: "caller_check.refused", accountId, checkId, reason });
      return refuse(reason);
    }
    // Once more, now that nobody else changes it: another may have been started meanwhile.
    const check = await findLatest(tx, reached.value.officer.accountId, accountId);
    if (check?.id !== checkId || !isLiving(check, ctx.now())) return refuse("not_started");
    await tx.update(callerCheck).set({ verifiedAt: ctx.now() }).where(eq(callerCheck.id, checkId));
    await record(tx, ctx, { type: "caller_check.passed", accountId, checkId, kind: "question" });
    return ok(null);
  });
}
