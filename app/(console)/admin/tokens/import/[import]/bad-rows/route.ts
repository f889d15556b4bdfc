import { notFound } from "next/navigation";
import { rowsOfImport, viewTokenImport } from "#lib/campaign/tokens/import/view-token-import.ts";
import { wordsOfTokenReasons } from "#lib/campaign/tokens/import/words-of-token-reasons.ts";
import { CSV_BEGIN, csvLine } from "#lib/kernel/csv.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { messages } from "#lib/text/messages.ts";
import { tokenImportPath } from "../../../paths.ts";

/** Every line that cannot be used, as CSV: what is wrong in words, and no identity in full. */
export async function GET(_: Request, { params }: { params: Promise<{ import: string }> }): Promise<Response> {
  const { import: id } = await params;
  const { ctx } = await requireOfficer(tokenImportPath(id), "register.import");
  if (!(await viewTokenImport(ctx, id))) notFound();
  const { language } = ctx.request;
  const titles = messages[language].hardwareTokens.import;
  const { bad } = await rowsOfImport(ctx, id, 0);
  const lines = bad.map((row) => csvLine([row.line, row.serial, row.typed, wordsOfTokenReasons(language, row)]));
  const head = CSV_BEGIN + csvLine([titles.line, titles.serial, titles.holder, titles.why]);
  return new Response(head + lines.join(""), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="token-baris.csv"',
      "cache-control": "no-store",
    },
  });
}
