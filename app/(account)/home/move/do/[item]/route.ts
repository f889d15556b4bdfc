import { wayTo } from "#lib/campaign/people/checklist.ts";
import { setCookie } from "#lib/server/request/browser-cookies.ts";
import { requireSession } from "#lib/server/request/current-session.ts";

/** On to where one thing of the checklist is done; the settings then show the way back to it. */
export async function GET(_: Request, { params }: { params: Promise<{ item: string }> }): Promise<Response> {
  const { item } = await params;
  await requireSession("/home/move");
  const way = wayTo(item);
  if (way) await setCookie("move", item);
  return new Response(null, { status: 303, headers: { location: way ?? "/home/move", "cache-control": "no-store" } });
}
