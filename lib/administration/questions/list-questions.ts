import type { Tx } from "#db/client.ts";
import { run } from "#db/named.ts";
import type { Context } from "#lib/kernel/context.ts";

export type BankedQuestion = {
  id: string;
  textMs: string;
  textEn: string;
  retired: boolean;
  /** Somebody's answer is kept to it, also one of an activation under way: its words stay. */
  answered: boolean;
};

const answered = `(exists (select from security_answer where question_id = q.id)
  or exists (select from activation_answer where question_id = q.id)
  or exists (select from replacement_answer where question_id = q.id))`;

const bankStatement = {
  name: "administration_bank",
  text: `select q.id, q.text_ms as "textMs", q.text_en as "textEn", q.retired_at is not null as retired, ${answered} as answered
    from security_question q where q.replaced_by is null or ${answered} order by q.retired_at is not null, q.text_ms`,
};

/** The whole bank, the retired ones last; without those that were reworded before anybody had answered them. */
export const listQuestions = (ctx: Pick<Context, "db">): Promise<BankedQuestion[]> =>
  run<BankedQuestion>(ctx.db, bankStatement, []);

const answeredStatement = {
  name: "administration_question_answered",
  text: `select ${answered} as answered from security_question q where q.id = $1`,
};

export async function isAnswered(on: Tx | Context["db"], questionId: string): Promise<boolean> {
  const [row] = await run<{ answered: boolean }>(on, answeredStatement, [questionId]);
  return row?.answered === true;
}
