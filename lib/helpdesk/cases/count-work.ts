import { run } from "#db/named.ts";
import type { Context } from "#lib/kernel/context.ts";
import { type Officer, type Right, scopeOf, scopeParameter } from "#lib/office/roles/rights.ts";
import { openAccess } from "../systems/list-access-work.ts";
import { openCases } from "./list-cases.ts";
import { unconfirmed } from "./list-unconfirmed.ts";
import { undeliverable } from "./list-undeliverable.ts";

/** What officers work through, each kind with the right it takes. Requests of two officers are counted by their own list. */
export const countedWork = {
  cases: "case.answer",
  unconfirmed: "staff.confirm",
  undeliverable: "mailbox.correct",
  access: "system.assign",
} as const satisfies Record<string, Right>;
export type WorkCounts = Record<keyof typeof countedWork, number>;

/** Counted so far and no further: beyond it the number says only "many". */
export const COUNTED_TO = 100;

const upTo = (from: string): string =>
  `(select count(*)::int from (select 1 from ${from} limit ${COUNTED_TO}) counted)`;

const statement = {
  name: "helpdesk_work_counted",
  text: `select ${upTo(openCases("$1"))} as "cases", ${upTo(unconfirmed("$2"))} as "unconfirmed",
    ${upTo(undeliverable("$3"))} as "undeliverable", ${upTo(openAccess("$4"))} as "access"`,
};

/** How much of each waits in an officer's offices. One query. */
export async function countWork(ctx: Context, officer: Officer): Promise<WorkCounts> {
  const scopes = Object.values(countedWork).map((right) => scopeParameter(scopeOf(officer, right)));
  const [counted] = await run<WorkCounts>(ctx.db, statement, scopes);
  return counted ?? { cases: 0, unconfirmed: 0, undeliverable: 0, access: 0 };
}
