import { and, eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { activationLink } from "#db/schema/account.ts";
import { activationAnswer } from "#db/schema/authenticators.ts";
import { record } from "#lib/audit/record.ts";
import { type ChooseRefusal, hashAnswer, mayJoin } from "#lib/authenticators/security-questions/choose-questions.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { type Activation, type ActivationRefusal, currentActivation } from "./activation.ts";

export type AddAnswerRefusal = ActivationRefusal | ChooseRefusal;

/** Adds one answered question to the activation. At most three, each question and each answer once. */
export async function addSecurityAnswer(
  ctx: Context,
  ceremonyToken: string,
  questionId: string,
  answer: string,
): Promise<Result<null, AddAnswerRefusal>> {
  const activation = await currentActivation(ctx, ceremonyToken);
  if (!activation.ok) return activation;
  const { answered, person, identity } = activation.value;
  const { fullName, officialEmail } = person;
  const hashed = await hashAnswer(ctx, { fullName, officialEmail, identity }, answered, questionId, answer);
  if (!hashed.ok) return hashed;

  const kept = await ctx.db.transaction((tx) => keep(tx, ctx, activation.value, questionId, hashed.value));
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
  const may = mayJoin(given, answered, questionId);
  if (!may.ok) return may;
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
