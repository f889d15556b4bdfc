import { notFound, redirect } from "next/navigation";
import { csvInPieces } from "#app/(console)/csv-in-pieces.ts";
import { notThere } from "#lib/campaign/board/find-board.ts";
import { exportPeople } from "#lib/campaign/board/people/export-people.ts";
import { everyPerson, parsePersonFilters } from "#lib/campaign/board/people/person-filters.ts";
import { dayOf } from "#lib/kernel/calendar-day.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { exportPath } from "../../paths.ts";

/** Taking a list is recorded, so nobody gets half of one: without this Next.js would answer by making it all. */
export const HEAD = (): Response => new Response(null, { status: 405, headers: { allow: "GET" } });

/** A campaign's people, narrowed, as CSV, as fast as it is taken. */
export async function GET(request: Request, { params }: { params: Promise<{ campaign: string }> }): Promise<Response> {
  const { campaign: id } = await params;
  const asked = new URL(request.url).searchParams;
  const once = (name: string) => (asked.getAll(name).length > 1 ? asked.getAll(name) : asked.get(name));
  const filters = parsePersonFilters(once);
  const path = exportPath(id, filters.ok ? filters.value : everyPerson);
  const { ctx } = await requireOfficer(path, "campaign.export");
  if (!filters.ok) {
    await notThere(ctx, "campaign.export");
    notFound();
  }
  const taken = await exportPeople(ctx, id, filters.value);
  if (!taken.ok) {
    if (taken.error === "signed_out") redirect("/sign-in");
    notFound();
  }
  const { pieces } = taken.value;
  return csvInPieces(pieces, `kempen-${dayOf(ctx.now())}.csv`);
}
