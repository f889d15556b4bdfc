import { clearCookie } from "#lib/server/request/browser-cookies.ts";

/** Back from the settings: they show no way back any more. */
export async function GET(): Promise<Response> {
  await clearCookie("move");
  return new Response(null, { status: 303, headers: { location: "/home/move", "cache-control": "no-store" } });
}
