import type { NextRequest } from "next/server";
import { readMailbox } from "#lib/mail/read-mailbox.ts";
import { config } from "#lib/server/config.ts";
import { portal } from "#lib/server/portal.ts";

const AT_MOST = 1_000;

/**
 * The visible mailbox as data, newest first: `to, subject, text, html, sentAt` (ISO 8601); `?to=ADDRESS` has the letters to
 * that address alone. 404 outside the demonstration.
 */
export async function GET({ nextUrl }: NextRequest): Promise<Response> {
  if (config().mode !== "demo") return new Response(null, { status: 404 });
  const letters = await readMailbox(portal(), AT_MOST, nextUrl.searchParams.get("to") ?? undefined);
  return Response.json(
    letters.map(({ letterId, ...letter }) => ({ id: letterId, ...letter })),
    { headers: { "cache-control": "no-store" } },
  );
}
