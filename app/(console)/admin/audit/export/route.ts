import { Readable } from "node:stream";
import { notFound } from "next/navigation";
import { exportFormats, exportTrail } from "#lib/helpdesk/audit-trail/export-trail.ts";
import { filterIn } from "#lib/helpdesk/audit-trail/trail-filter.ts";
import { dayOf } from "#lib/kernel/calendar-day.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { AUDIT_PATH } from "../paths.ts";

/** Taking the trail away is recorded: without this Next.js would answer by making it all, for nobody. */
export const HEAD = (): Response => new Response(null, { status: 405, headers: { allow: "GET" } });

const types = { csv: "text/csv; charset=utf-8", jsonl: "application/jsonl; charset=utf-8" } as const;

/** What the filter in the address shows, line by line as it is read: never all of it in memory. */
export async function GET(request: Request): Promise<Response> {
  const { ctx } = await requireOfficer(AUDIT_PATH, "audit.read");
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const format = exportFormats.find((each) => each === query.format);
  if (!format) notFound();
  const taken = await exportTrail(ctx, filterIn(query), format);
  if (!taken.ok) notFound();
  // Given up by the reader, it gives up reading.
  const body = Readable.toWeb(Readable.from(taken.value.lines)) as ReadableStream<string>;
  return new Response(body.pipeThrough(new TextEncoderStream()), {
    headers: {
      "content-type": types[format],
      "content-disposition": `attachment; filename="kunci-audit-${dayOf(ctx.now())}.${format}"`,
      "cache-control": "no-store",
    },
  });
}
