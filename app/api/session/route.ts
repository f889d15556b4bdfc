import { readCookie } from "#lib/server/request/browser-cookies.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { currentSession } from "#lib/server/request/current-session.ts";
import { endOf, lookAtSession, type SessionEnd } from "#lib/session/session.ts";

const answer = (end: SessionEnd | null): Response => Response.json(end, { headers: { "cache-control": "no-store" } });

/**
 * How long this browser's session still has: `{"secondsLeft": 120, "why": "idle"}`, or null. Asking is no use of it.
 */
export async function GET(): Promise<Response> {
  const token = await readCookie("session");
  return answer(token ? await lookAtSession(await currentContext(), token) : null);
}

/** The person says that they are still there: use of the session, as any page is. Answers as above. */
export async function POST(): Promise<Response> {
  const session = await currentSession();
  return answer(session && endOf(session, (await currentContext()).now()));
}
