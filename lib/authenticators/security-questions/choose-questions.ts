import { asc, isNull } from "drizzle-orm";
import { securityQuestion } from "#db/schema/authenticators.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { hashRefusals, hashSecret } from "../hashing.ts";
import type { Person } from "../personal.ts";
import { answerRefusals, checkAnswer, isRepeatedAnswer } from "./check-answer.ts";

/** Each with a question and an answer of its own. */
export const QUESTIONS_WANTED = 3;

export type Question = { id: string; textMs: string; textEn: string };

/** The bank, without what was retired. */
export const offeredQuestions = (ctx: Pick<Context, "db">): Promise<Question[]> =>
  ctx.db
    .select({ id: securityQuestion.id, textMs: securityQuestion.textMs, textEn: securityQuestion.textEn })
    .from(securityQuestion)
    .where(isNull(securityQuestion.retiredAt))
    .orderBy(asc(securityQuestion.id));

/** An answer that was given and is kept as a hash. */
export type GivenAnswer = { questionId: string; hash: string };

const chooseRefusals = [
  ...answerRefusals,
  ...hashRefusals,
  "question_unknown",
  "question_taken",
  "enough_questions",
  "answer_repeated",
] as const;
export type ChooseRefusal = (typeof chooseRefusals)[number];

/** Whether a refusal speaks of the question or its answer, and not of what they belong to. */
export const isChooseRefusal = (code: string): code is ChooseRefusal =>
  (chooseRefusals as readonly string[]).includes(code);

/** The hash of an answer to one more question of the bank, held against those given so far. */
export async function hashAnswer(
  ctx: Pick<Context, "db">,
  person: Person,
  given: readonly GivenAnswer[],
  questionId: string,
  answer: string,
): Promise<Result<string, ChooseRefusal>> {
  const question = (await offeredQuestions(ctx)).find(({ id }) => id === questionId);
  if (!question) return refuse("question_unknown");
  const checked = checkAnswer(question, answer, person);
  if (!checked.ok) return checked;
  const repeated = await isRepeatedAnswer(
    answer,
    given.map(({ hash }) => hash),
  );
  if (!repeated.ok) return repeated;
  return repeated.value ? refuse("answer_repeated") : hashSecret(checked.value);
}

/**
 * Whether a hashed answer may join those given by now, asked while they are held: at most three, each question once.
 * `answers_changed`: another tab was quicker, and its answer must be compared with this one, too. Three are the most
 * there can be, so trying again ends.
 */
export function mayJoin(
  now: readonly GivenAnswer[],
  before: readonly GivenAnswer[],
  questionId: string,
): Result<null, "question_taken" | "enough_questions" | "answers_changed"> {
  if (now.some((one) => one.questionId === questionId)) return refuse("question_taken");
  if (now.length >= QUESTIONS_WANTED) return refuse("enough_questions");
  const isNew = ({ hash }: GivenAnswer) => !before.some((known) => known.hash === hash);
  return now.some(isNew) ? refuse("answers_changed") : ok(null);
}
