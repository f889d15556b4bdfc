import { checks } from "#lib/server/health/checks.ts";
import { failingNow } from "#lib/server/health/failing-now.ts";
import { portalIfOpen } from "#lib/server/portal.ts";
import { failingChecks } from "#lib/server/readiness.ts";

export const dynamic = "force-dynamic";

/**
 * 200 when this instance can serve; else 503. Names the checks that fail: `failing` those that keep it out of the balancer,
 * `warnings` those that another instance would not do better in, and the cure of each. Looked into once a second.
 */
export async function GET(): Promise<Response> {
  const found = portalIfOpen() ? await failingNow()() : await failingChecks();
  const failing = found.filter((check) => checks[check].blocks);
  const warnings = found.filter((check) => !checks[check].blocks);
  const cures = Object.fromEntries(found.map((check) => [check, checks[check].cure]));
  const ready = failing.length === 0;
  return Response.json(
    { status: ready ? "ready" : "not ready", failing, warnings, cures },
    { status: ready ? 200 : 503, headers: { "cache-control": "no-store" } },
  );
}
