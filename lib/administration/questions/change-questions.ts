import { asc, eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { securityQuestion } from "#db/schema/authenticators.ts";
import { record } from "#lib/audit/record.ts";
import { QUESTIONS_WANTED } from "#lib/authenticators/security-questions/choose-questions.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { type AdministerRefusal, administer } from "#lib/office/roles/administer.ts";
import { holdLists } from "../settings/change-settings.ts";
import { isAnswered } from "./list-questions.ts";
import type { QuestionWanted } from "./parse-question.ts";

/** Twice what a person chooses: with fewer there is little to choose from, and an attacker knows which are asked. */
export const FEWEST_QUESTIONS = 2 * QUESTIONS_WANTED;

/**
 * not_found: no such question. question_there: the bank asks this already. question_answered: answers are kept to these very
 * words; it can be retired and another added. too_few_questions: there would be too little to choose from.
 */
export type ChangeQuestionRefusal =
  | AdministerRefusal
  | "changed_meanwhile"
  | "question_there"
  | "question_answered"
  | "too_few_questions";

type Row = typeof securityQuestion.$inferSelect;

/** One more question for people to choose. */
export async function addQuestion(
  ctx: Context,
  wanted: QuestionWanted,
): Promise<Result<{ questionId: string }, ChangeQuestionRefusal>> {
  return administering(ctx, async (tx, bank) => {
    if (isThere(bank, wanted)) return refuse("question_there");
    const questionId = newId(ctx);
    await tx.insert(securityQuestion).values({ id: questionId, ...wanted });
    await tell(tx, ctx, "question.added", questionId, null, wanted);
    return ok({ questionId });
  });
}

/**
 * Other words for a question nobody has answered. It becomes a new question and the former is retired: whoever has the
 * former before them at this moment is asked to choose again, and no answer ever belongs to words that were not read. `was`:
 * the words the administrator looked at.
 */
export async function rewordQuestion(
  ctx: Context,
  questionId: string,
  wanted: QuestionWanted,
  was: QuestionWanted,
): Promise<Result<{ questionId: string }, ChangeQuestionRefusal>> {
  return administering(ctx, async (tx, bank) => {
    const row = bank.find(({ id }) => id === questionId);
    if (!row) return refuse("not_found");
    if (row.replacedBy !== null || row.textMs !== was.textMs || row.textEn !== was.textEn)
      return refuse("changed_meanwhile");
    if (row.textMs === wanted.textMs && row.textEn === wanted.textEn) return ok({ questionId });
    if (await isAnswered(tx, questionId)) return refuse("question_answered");
    if (isThere(bank, wanted, questionId)) return refuse("question_there");
    const newest = newId(ctx);
    await tx.insert(securityQuestion).values({ id: newest, ...wanted, retiredAt: row.retiredAt });
    await tx
      .update(securityQuestion)
      .set({ replacedBy: newest, retiredAt: row.retiredAt ?? ctx.now() })
      .where(eq(securityQuestion.id, questionId));
    await tell(tx, ctx, "question.reworded", newest, { questionId, ...was }, wanted);
    return ok({ questionId: newest });
  });
}

/**
 * A retired question is chosen by nobody any more; whoever answered it keeps it until they choose anew. `retired` false
 * offers it again. Done twice it changes nothing.
 */
export async function retireQuestion(
  ctx: Context,
  questionId: string,
  retired: boolean,
): Promise<Result<null, ChangeQuestionRefusal>> {
  return administering(ctx, async (tx, bank) => {
    const row = bank.find(({ id }) => id === questionId);
    if (!row) return refuse("not_found");
    if ((row.retiredAt !== null) === retired) return ok(null);
    const offered = bank.filter(({ retiredAt }) => retiredAt === null).length;
    if (retired && offered <= FEWEST_QUESTIONS) return refuse("too_few_questions");
    if (!retired && isThere(bank, row, questionId)) return refuse("question_there");
    const retiredAt = retired ? ctx.now() : null;
    await tx.update(securityQuestion).set({ retiredAt, replacedBy: null }).where(eq(securityQuestion.id, questionId));
    await tell(tx, ctx, "question.retired", questionId, !retired, retired);
    return ok(null);
  });
}

/** With the lists held, so that two who each retire one of the last do not both succeed. */
function administering<T>(
  ctx: Context,
  change: (tx: Tx, bank: readonly Row[]) => Promise<Result<T, ChangeQuestionRefusal>>,
): Promise<Result<T, ChangeQuestionRefusal>> {
  return ctx.db.transaction(async (tx) => {
    const may = await administer(tx, ctx);
    if (!may.ok) return may;
    await holdLists(tx, ctx);
    return change(tx, await tx.select().from(securityQuestion).orderBy(asc(securityQuestion.id)));
  });
}

const plain = (words: string): string =>
  words
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** Whether the bank offers these words, in either language, whatever their case and marks. */
const isThere = (bank: readonly Row[], wanted: QuestionWanted, besides?: string): boolean =>
  bank.some(
    ({ id, textMs, textEn, retiredAt }) =>
      id !== besides &&
      retiredAt === null &&
      (plain(textMs) === plain(wanted.textMs) || plain(textEn) === plain(wanted.textEn)),
  );

const newId = (ctx: Context): string => `q_${ctx.random(9).toString("base64url")}`;

const tell = (tx: Tx, ctx: Context, setting: string, subject: string, was: unknown, is: unknown): Promise<void> =>
  record(tx, ctx, { type: "setting.changed", accountId: null, setting, subject, before: was, after: is });
