import { and, asc, eq } from "drizzle-orm";
import type { Db, Tx } from "#db/client.ts";
import { run } from "#db/named.ts";
import { securityAnswer, securityQuestion } from "#db/schema/authenticators.ts";
import type { Context } from "#lib/kernel/context.ts";
import { inEvenTime } from "#lib/kernel/even-time.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { seconds } from "#lib/kernel/time.ts";
import { countTry, giveBack } from "#lib/throttle/failed-tries.ts";
import { limits } from "#lib/throttle/limits.ts";
import { burnOne, verifySecret } from "../hashing.ts";
import { normaliseAnswer } from "./check-answer.ts";
import { QUESTIONS_WANTED, type Question } from "./choose-questions.ts";

/** Of the three. One may be misspelt or forgotten after years; who guesses one must still know another. */
export const ANSWERS_NEEDED = 2;

/** A multiple of this is what an answer takes, whichever of them were right. */
const ANSWER_STEP = seconds(0.1);

const { points, window } = limits.answerTries;
const countStatement = { name: "answer_try_count", text: countTry("$1", "$2", { window }) };
const giveBackStatement = { name: "answer_try_give_back", text: giveBack("$1", "$2") };

/** What somebody wrote below a question. */
export type AnswerTried = { questionId: string; answer: string };
export type AnswersRefusal = "answers_mismatch" | "tries_used" | "busy";

/** The questions an account has answered, in a fixed order; retired ones too. Empty where it has none. */
export const questionsOf = (ctx: { db: Db | Tx }, accountId: string): Promise<Question[]> =>
  ctx.db
    .select({ id: securityQuestion.id, textMs: securityQuestion.textMs, textEn: securityQuestion.textEn })
    .from(securityAnswer)
    .innerJoin(securityQuestion, eq(securityQuestion.id, securityAnswer.questionId))
    .where(eq(securityAnswer.accountId, accountId))
    .orderBy(asc(securityQuestion.id));

/**
 * Whether at least two of an account's security answers are right. Never a proof (ASVS 6.4.2): only an extra check where
 * a mailed link was opened. Each try is counted before it is looked at, five a day over all that asks for answers, and
 * given back when right; which answers were wrong is told to nobody. `tries_used` looks at nothing. Refuses `busy`
 * without counting. What the answers were for is the caller's to record.
 */
export async function verifyAnswers(
  ctx: Context,
  accountId: string,
  tried: readonly AnswerTried[],
): Promise<Result<null, AnswersRefusal>> {
  return inEvenTime(ANSWER_STEP, () =>
    counted(ctx, accountId, async () => {
      const right = await countRight(ctx, accountId, tried);
      return right.ok ? ok(right.value >= ANSWERS_NEEDED) : right;
    }),
  );
}

/**
 * Whether one answer is right, that somebody gave an officer on the telephone. Counted with those of `verifyAnswers`;
 * refuses the same.
 */
export async function verifyAnswer(
  ctx: Context,
  accountId: string,
  { questionId, answer }: AnswerTried,
): Promise<Result<null, AnswersRefusal>> {
  return inEvenTime(ANSWER_STEP, () =>
    counted(ctx, accountId, async () => {
      const its = and(eq(securityAnswer.accountId, accountId), eq(securityAnswer.questionId, questionId));
      const [kept] = await ctx.db.select({ hash: securityAnswer.hash }).from(securityAnswer).where(its);
      const normal = normaliseAnswer(answer);
      return kept ? verifySecret(kept.hash, normal) : burnOne(normal);
    }),
  );
}

/** One try, counted before it is looked at and given back where it was right or could not be looked at. */
async function counted(
  ctx: Context,
  accountId: string,
  look: () => Promise<Result<boolean, "busy">>,
): Promise<Result<null, AnswersRefusal>> {
  const key = [`security-answers:${accountId}`, ctx.now()];
  const [count] = await run<{ points: number }>(ctx.db, countStatement, key);
  if (!count || count.points > points) return refuse("tries_used");
  const right = await look();
  if (!right.ok || right.value) await run(ctx.db, giveBackStatement, key);
  if (!right.ok) return right;
  return right.value ? ok(null) : refuse("answers_mismatch");
}

/** Always as many hashes as there are questions, so that the work tells nothing. */
async function countRight(
  ctx: Context,
  accountId: string,
  tried: readonly AnswerTried[],
): Promise<Result<number, "busy">> {
  const kept = await ctx.db
    .select({ questionId: securityAnswer.questionId, hash: securityAnswer.hash })
    .from(securityAnswer)
    .where(eq(securityAnswer.accountId, accountId))
    .orderBy(asc(securityAnswer.questionId));
  let right = 0;
  for (let n = 0; n < QUESTIONS_WANTED; n++) {
    const own = kept[n];
    // The first for a question counts: the same one twice is one answer.
    const answer = normaliseAnswer(tried.find(({ questionId }) => questionId === own?.questionId)?.answer ?? "");
    const matches = own ? await verifySecret(own.hash, answer) : await burnOne(answer);
    if (!matches.ok) return matches;
    if (matches.value) right++;
  }
  return ok(right);
}
