import type { Context } from "#lib/kernel/context.ts";
import { seal, unseal } from "#lib/kernel/sealed.ts";
import type { JudgedToken } from "./judge-tokens.ts";

export const TOKEN_ROWS_PURPOSE = "hardware_token_import.rows";

/** The lines of a file as they were judged: they name people, so they lie sealed. */
export const sealRows = (
  ctx: Pick<Context, "keys" | "random">,
  rows: readonly JudgedToken[],
  importId: string,
): string => seal(ctx.keys.sealing, ctx.random, JSON.stringify(rows), TOKEN_ROWS_PURPOSE, importId);

export const unsealRows = (ctx: Pick<Context, "keys">, sealed: string, importId: string): JudgedToken[] =>
  JSON.parse(unseal(ctx.keys.sealing, sealed, TOKEN_ROWS_PURPOSE, importId)) as JudgedToken[];

/** How many lines of each kind; `missed`: of the new ones, those that another file or officer was faster with. */
export type TokenCounts = { new: number; same: number; bad: number; missed: number };

export const countTokens = (rows: readonly JudgedToken[]): TokenCounts => {
  const of = (kind: JudgedToken["kind"]) => rows.filter((row) => row.kind === kind).length;
  return { new: of("new"), same: of("same"), bad: of("bad"), missed: 0 };
};
