import { startSystem } from "#lib/relying-party/launchpad/start-system.ts";
import { requireSession } from "#lib/server/request/current-session.ts";

/** On to a system. Whoever may not open it (any more) is led home, which says so and shows what they may. */
export async function GET(_: Request, { params }: { params: Promise<{ system: string }> }): Promise<Response> {
  const { system } = await params;
  const { ctx } = await requireSession(`/home/open/${encodeURIComponent(system)}`);
  const started = await startSystem(ctx, system);
  const location = started.ok
    ? started.value.href
    : `/home?notice=${started.error === "no_address" ? "noAddress" : "notYours"}`;
  return new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
}
