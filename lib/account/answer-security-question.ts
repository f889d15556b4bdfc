import { and, eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { activationLink } from "#db/schema/account.ts";
import { activationAnswer } from "#db/schema/authenticators.ts";
import { record } from "#lib/audit/record.ts";
import { type HashRefusal, hashSecret } from "#lib/authenticators/hashing.ts";
import {
  type AnswerRefusal,
  checkAnswer,
  isRepeatedAnswer,
} from "#lib/authenticators/security-questions/check-answer.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import {
  type Activation,
  type ActivationRefusal,
  currentActivation,
  offeredQuestions,
  QUESTIONS_WANTED,
} from "./activation.ts";

export type AddAnswerRefusal =
  | ActivationRefusal
  | AnswerRefusal
  | HashRefusal
  | "question_unknown"
  | "question_taken"
  | "enough_questions"
  | "answer_repeated";

/** Adds one answered question to the activation. At most three, each question and each answer once. */
export async function addSecurityAnswer(
  ctx: Context,
  ceremonyToken: string,
  questionId: string,
  answer: string,
): Promise<Result<null, AddAnswerRefusal>> {
  const [activation, bank] = await Promise.all([currentActivation(ctx, ceremonyToken), offeredQuestions(ctx)]);
  if (!activation.ok) return activation;
  const { answered, person, identity } = activation.value;
  const question = bank.find(({ id }) => id === questionId);
  if (!question) return refuse("question_unknown");
  const checked = checkAnswer(question, answer, {
    fullName: person.fullName,
    officialEmail: person.officialEmail,
    identity,
  });
  if (!checked.ok) return checked;
  const repeated = await isRepeatedAnswer(
    answer,
    answered.map(({ hash }) => hash),
  );
  if (!repeated.ok) return repeated;
  if (repeated.value) return refuse("answer_repeated");
  const hashed = await hashSecret(checked.value);
  if (!hashed.ok) return hashed;

  const kept = await ctx.db.transaction((tx) => keep(tx, ctx, activation.value, questionId, hashed.value));
  // Another tab was quicker: its answer is compared with this one, too. Three are the most there can be, so this ends.
  if (!kept.ok && kept.error === "answers_changed") return addSecurityAnswer(ctx, ceremonyToken, questionId, answer);
  return kept as Result<null, AddAnswerRefusal>;
}

async function keep(
  tx: Tx,
  ctx: Context,
  { linkId, accountId, answered }: Activation,
  questionId: string,
  hash: string,
): Promise<Result<null, AddAnswerRefusal | "answers_changed">> {
  // The link's row is the lock: two tabs adding at once are counted one after the other.
  const [link] = await tx.select().from(activationLink).where(eq(activationLink.id, linkId)).for("update");
  if (!link || link.consumedAt) return refuse("used");
  const given = await tx
    .select({ questionId: activationAnswer.questionId, hash: activationAnswer.hash })
    .from(activationAnswer)
    .where(eq(activationAnswer.linkId, linkId));
  if (given.some((one) => one.questionId === questionId)) return refuse("question_taken");
  if (given.length >= QUESTIONS_WANTED) return refuse("enough_questions");
  if (given.some((one) => !answered.some((known) => known.hash === one.hash))) return refuse("answers_changed");
  await tx.insert(activationAnswer).values({ linkId, questionId, hash, addedAt: ctx.now() });
  await record(tx, ctx, { type: "security_question.added", accountId, questionId });
  return ok(null);
}

/** Takes one answered question back. Taking back what is not there changes nothing. */
export async function removeSecurityAnswer(
  ctx: Context,
  ceremonyToken: string,
  questionId: string,
): Promise<Result<null, ActivationRefusal>> {
  const activation = await currentActivation(ctx, ceremonyToken);
  if (!activation.ok) return activation;
  const { linkId, accountId } = activation.value;
  return ctx.db.transaction(async (tx) => {
    const removed = await tx
      .delete(activationAnswer)
      .where(and(eq(activationAnswer.linkId, linkId), eq(activationAnswer.questionId, questionId)))
      .returning({ questionId: activationAnswer.questionId });
    if (removed.length > 0) await record(tx, ctx, { type: "security_question.removed", accountId, questionId });
    return ok(null);
  });
}
