import type { IncomingMessage } from "node:http";
import { isAskedBySystems, isOidc, isProbe, isPublished, isStatic, type Visit } from "../visit.ts";
import type { Urgency } from "./admit-requests.ts";

/** The names of cookies: of the session, and of the method that somebody last signed in with in this browser. */
export type UrgencyCookies = { session: string; method: string };

/** Where a person says who they are, and has given nothing else yet. */
const BEGINNINGS = new Set(["/sign-in", "/activate", "/recover"]);
/** Below these a journey goes on that was begun elsewhere; a mailed link to one of the last three leads to the bare name. */
const UNDER_WAY = /^\/(?:(?:sign-in|activate|recover|interaction)\/|(?:undo|lock|enrol)(?:\/|$))/;
const CONSOLES = /^\/(?:helpdesk|admin)(?:\/|$)/;
/** As it is posted by a page without and with JavaScript. */
const CREDENTIAL = /name="(?:_?\d+_)?credential"/;
/** A browser that shows passkeys first, since its owner came with one. */
const PASSKEYS = new Set(["passkey", "otherDevice"]);

/**
 * How urgent a request is, by what it says of itself: whoever lies about it gains a place in a line, and nothing else.
 * Null where it is never put off: what costs next to nothing, what monitoring asks, and what the portal asks itself on
 * behalf of a request that was let in.
 */
export function urgencyOf(req: IncomingMessage, visit: Visit, cookies: UrgencyCookies): Urgency | null {
  const { path } = visit;
  if (visit.inner || req.method === "OPTIONS") return null;
  if (req.method !== "POST" && (isProbe(path) || isStatic(path) || isPublished(path))) return null;
  const held = cookiesOf(req.headers.cookie);
  if (isSignInByPasskey(req, visit, held.get(cookies.method))) return "passkey";
  if (req.method === "POST") return BEGINNINGS.has(path) ? "begin" : "finish";
  if (req.headers["x-kunci-by-itself"] !== undefined) return "by_itself";
  if (isAskedBySystems(path)) return "finish";
  const isSigned = held.has(cookies.session);
  // Whoever is put off telephones: those who answer come before.
  if (isSigned && CONSOLES.test(path)) return "finish";
  return isSigned || UNDER_WAY.test(path) || isOidc(path) ? "page" : "begin";
}

function isSignInByPasskey({ method }: IncomingMessage, { path, body }: Visit, last: string | undefined): boolean {
  if (path === "/api/passkey/options") return true;
  if (path !== "/sign-in" && !path.startsWith("/sign-in/")) return false;
  if (last !== undefined && PASSKEYS.has(last)) return true;
  return method === "POST" && body !== undefined && CREDENTIAL.test(body.toString("latin1"));
}

const cookiesOf = (header = ""): Map<string, string> =>
  new Map(header.split(/; */).map((pair) => pair.split("=", 2) as [string, string]));
