import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { takeExport } from "#lib/account/data-export/current-export.ts";
import { dayOf } from "#lib/kernel/calendar-day.ts";
import { requireSession } from "#lib/server/request/current-session.ts";

/** Taking a copy is recorded, so nobody gets half of one: without this Next.js would answer by making it all. */
export const HEAD = (): Response => new Response(null, { status: 405, headers: { allow: "GET" } });

/** The copy itself. Whoever it is not for is led to the page, which says what there is. */
export async function GET(_: Request, { params }: { params: Promise<{ export: string }> }): Promise<Response> {
  const { ctx } = await requireSession("/settings/data");
  const copy = await takeExport(ctx, (await params).export);
  if (!copy) return new Response(null, { status: 303, headers: { location: "/settings/data?notice=gone" } });
  const text = Readable.toWeb(Readable.from([copy.gzipped]).pipe(createGunzip()));
  return new Response(text as ReadableStream<Uint8Array>, {
    headers: {
      "content-type": "application/json; charset=utf-8",
      "content-disposition": `attachment; filename="kunci-data-${dayOf(copy.madeAt)}.json"`,
      "cache-control": "no-store",
    },
  });
}
