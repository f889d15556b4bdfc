import { dayOf } from "#lib/kernel/calendar-day.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { type FileRefusal, FileRefused } from "#lib/staff-register/file/file-refused.ts";
import { readRows, recogniseFile } from "#lib/staff-register/file/read-rows.ts";
import type { SheetRow } from "#lib/staff-register/file/sheet-row.ts";
import type { StoredFile } from "#lib/staff-register/file/stored-file.ts";
import { type ParsedToken, parseTokenRow } from "./parse-token-row.ts";
import { findTokenTitles } from "./token-columns.ts";

/** More than any agency has handed out at once; they are held in memory while they are judged. */
const MOST_TOKENS = 20_000;

/** columns_unknown: no row names the serial and the holder. too_many_tokens: more than `MOST_TOKENS`. */
export type ReadRefusal = FileRefusal | "columns_unknown" | "too_many_tokens";

/** Reads a file of tokens whole: CSV, or a workbook. */
export async function readTokens(ctx: Pick<Context, "now">, body: Buffer): Promise<Result<ParsedToken[], ReadRefusal>> {
  try {
    return await read(ctx, body);
  } catch (fault) {
    if (fault instanceof FileRefused) return refuse(fault.refusal);
    throw fault;
  }
}

async function read(ctx: Pick<Context, "now">, body: Buffer): Promise<Result<ParsedToken[], ReadRefusal>> {
  const file = inMemory(body);
  const layout = await recogniseFile(file);
  const rows: SheetRow[] = [];
  for await (const row of readRows(file, layout)) {
    // The titles, and what stands above them, are no tokens.
    if (rows.length > MOST_TOKENS + 15) return refuse("too_many_tokens");
    rows.push(row);
  }
  const titles = findTokenTitles(rows);
  if (!titles) return refuse(rows.length === 0 ? "file_no_rows" : "columns_unknown");
  const below = rows.filter(({ line }) => line > titles.line);
  if (below.length === 0) return refuse("file_no_rows");
  if (below.length > MOST_TOKENS) return refuse("too_many_tokens");
  const from1904 = layout.kind === "xlsx" && layout.from1904;
  const reading = { mapping: titles.mapping, from1904, today: dayOf(ctx.now()) };
  return ok(below.map((row) => parseTokenRow(row, reading)));
}

const inMemory = (body: Buffer): StoredFile => ({
  size: body.length,
  async *pieces(from, to) {
    yield body.subarray(from, to);
  },
});
