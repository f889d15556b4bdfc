import { portalIfOpen } from "#lib/server/portal.ts";
import { createReadiness, failingChecks } from "#lib/server/readiness.ts";

export const dynamic = "force-dynamic";

const failingNow = createReadiness();

/** 200 when this instance can serve; else 503 with the names of the checks that fail. Looked into once a second. */
export async function GET(): Promise<Response> {
  const failing = portalIfOpen() ? await failingNow() : await failingChecks();
  const ready = failing.length === 0;
  return Response.json(
    { status: ready ? "ready" : "not ready", failing },
    { status: ready ? 200 : 503, headers: { "cache-control": "no-store" } },
  );
}
