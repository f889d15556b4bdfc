import { failingChecks } from "#lib/server/readiness.ts";

export const dynamic = "force-dynamic";

/** 200 when this instance can serve; else 503 with the names of the checks that fail. */
export async function GET(): Promise<Response> {
  const failing = await failingChecks();
  const ready = failing.length === 0;
  return Response.json(
    { status: ready ? "ready" : "not ready", failing },
    { status: ready ? 200 : 503, headers: { "cache-control": "no-store" } },
  );
}
