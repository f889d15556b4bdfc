import { securityAnswer } from "#db/schema/authenticators.ts";
import { hashSecret } from "#lib/authenticators/hashing.ts";
import { questionBank, seedQuestionBank } from "#lib/authenticators/security-questions/bank.ts";
import { normaliseAnswer } from "#lib/authenticators/security-questions/check-answer.ts";
import type { Context } from "#lib/kernel/context.ts";

const [mother, school, car] = questionBank;

/** The three questions of the fixtures with their answers, in the order in which they are asked. */
export const rightAnswers = [
  { questionId: car.id, answer: "Kancil merah tua" },
  { questionId: school.id, answer: "SK Teladan Utama" },
  { questionId: mother.id, answer: "Siti Sejati" },
].toSorted((a, b) => a.questionId.localeCompare(b.questionId));

/** The same, the first `right` of them right. */
export const answersWith = (right: number) =>
  rightAnswers.map((one, n) => (n < right ? one : { ...one, answer: "Bukan yang ini" }));

let hashes: Promise<(typeof securityAnswer.$inferInsert)[]> | undefined;

/** Hashed once: what the test is about is seldom the salt. */
const hashed = () => {
  hashes ??= Promise.all(
    rightAnswers.map(async ({ questionId, answer }) => {
      const made = await hashSecret(normaliseAnswer(answer));
      if (!made.ok) throw new Error(`The fixture's answer was refused: ${made.error}`);
      return { accountId: "", questionId, hash: made.value, setAt: new Date(0) };
    }),
  );
  return hashes;
};

/** Gives an account its three security answers, and the bank its questions. */
export async function addSecurityAnswers(ctx: Pick<Context, "db" | "now">, accountId: string): Promise<void> {
  await seedQuestionBank(ctx.db);
  const rows = await hashed();
  await ctx.db.insert(securityAnswer).values(rows.map((row) => ({ ...row, accountId, setAt: ctx.now() })));
}
