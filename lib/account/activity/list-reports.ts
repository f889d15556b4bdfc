import { run } from "#db/named.ts";
import { readEnding } from "#lib/account/open-case.ts";
import type { Context } from "#lib/kernel/context.ts";

/** Something that a person reported from their activity, and what the helpdesk found; `answer` is null until it has. */
export type Report = { reference: string; openedAt: Date; endedAt: Date | null; answer: string | null };

/** More is read out by the helpdesk. */
const SHOWN = 3;

const statement = {
  name: "reports_of_account",
  text: `select id, reference, opened_at as "openedAt", ended_at as "endedAt", answer_sealed as "answerSealed" from helpdesk_case
    where account_id = $1 and kind = 'report' order by opened_at desc, id desc limit ${SHOWN}`,
};

/** The last three reports of the signed-in person, newest first; nobody's for anybody else. */
export async function listReports(ctx: Context): Promise<Report[]> {
  if (ctx.actor.kind !== "account") return [];
  const rows = await run<Omit<Report, "answer"> & { id: string; answerSealed: string | null }>(ctx.db, statement, [
    ctx.actor.accountId,
  ]);
  return rows.map(({ id, answerSealed, ...row }) => ({
    ...row,
    answer: readEnding(ctx, { id, answerSealed, formerSealed: null }).answer,
  }));
}
