import { Readable } from "node:stream";
import { notFound } from "next/navigation";
import { CSV_BEGIN, csvLine } from "#lib/kernel/csv.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { badRows, viewImport } from "#lib/staff-register/import/view-import.ts";
import { wordsOfReasons } from "#lib/staff-register/row/words-of-reasons.ts";
import { messages } from "#lib/text/messages.ts";
import { importPath } from "../../paths.ts";

const AT_ONCE = 1_000;

/** Every row that cannot be used, by line and reason, as CSV: what is wrong in words, and no identity in full. */
export async function GET(_: Request, { params }: { params: Promise<{ import: string }> }): Promise<Response> {
  const { import: id } = await params;
  const { ctx } = await requireOfficer(importPath(id), "admin.view");
  if (!(await viewImport(ctx, id))) notFound();
  const { import: titles } = messages[ctx.request.language].staffRegister;
  async function* lines() {
    yield Buffer.from(CSV_BEGIN + csvLine([titles.line, titles.identity, titles.name, titles.why]));
    for (let after = 0; ; ) {
      const rows = await badRows(ctx, id, after, AT_ONCE);
      const text = rows.map(({ line, identity, name, reasons }) =>
        csvLine([line, identity, name, wordsOfReasons(ctx.request.language, { reasons, name })]),
      );
      if (text.length > 0) yield Buffer.from(text.join(""));
      const last = rows.at(-1);
      if (!last || rows.length < AT_ONCE) return;
      after = last.line;
    }
  }
  const body = Readable.toWeb(Readable.from(lines())) as ReadableStream<Uint8Array>;
  return new Response(body, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="daftar-kakitangan-baris.csv"',
      "cache-control": "no-store",
    },
  });
}
