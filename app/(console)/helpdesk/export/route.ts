import { notFound, redirect } from "next/navigation";
import { csvInPieces } from "#app/(console)/csv-in-pieces.ts";
import { exportAccounts } from "#lib/helpdesk/search/export-accounts.ts";
import { parseFilters, unfiltered } from "#lib/helpdesk/search/filters.ts";
import { refuseFilter } from "#lib/helpdesk/search/list-accounts.ts";
import { dayOf } from "#lib/kernel/calendar-day.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { exportPath } from "../list-path.ts";

/** Taking a list is recorded, so nobody gets half of one: without this Next.js would answer by making it all. */
export const HEAD = (): Response => new Response(null, { status: 405, headers: { allow: "GET" } });

/** The filtered list as CSV, as fast as it is taken. */
export async function GET(request: Request): Promise<Response> {
  const asked = new URL(request.url).searchParams;
  const once = (name: string) => (asked.getAll(name).length > 1 ? asked.getAll(name) : asked.get(name));
  const filters = parseFilters(once);
  const { ctx } = await requireOfficer(exportPath(filters.ok ? filters.value : unfiltered), "account.export");
  if (!filters.ok) {
    await refuseFilter(ctx, "account.export");
    notFound();
  }
  const taken = await exportAccounts(ctx, filters.value);
  if (!taken.ok) {
    if (taken.error === "signed_out") redirect("/sign-in");
    notFound();
  }
  const { pieces } = taken.value;
  return csvInPieces(pieces, `akaun-${dayOf(ctx.now())}.csv`);
}
