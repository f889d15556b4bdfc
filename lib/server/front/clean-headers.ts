import { timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** Only this front says these to the portal; and Next.js says some of them to itself. */
const OURS =
  /^x-kunci-|^x-middleware-|^x-nextjs-|^x-next-|^x-now-|^x-matched-path$|^x-invoke-|^x-nonce$|^x-action-forwarded$|^x-forwarded-|^forwarded$|^content-security-policy|^next-resume/;

/** The name under which the portal calls itself, with a secret of this process. */
export const INNER_HEADER = "x-kunci-inner";

/** Next.js says to itself that it has handed an action on once, and hands it on forever if that is lost. */
const PASSED_ON = "x-action-forwarded";

/** Whether the portal calls itself: after an action that redirects, Next.js fetches the page it leads to. */
export function isInner(headers: IncomingHttpHeaders, secret: string): boolean {
  const given = Buffer.from(String(headers[INNER_HEADER] ?? ""));
  const expected = Buffer.from(secret);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/**
 * Takes out what a client must not say: who it is in our own words, and what Next.js would believe to come from a proxy of
 * its own. A header that Next.js reads and that is malformed goes too, since it would answer 500: the page is then
 * rendered whole.
 */
export function cleanHeaders(
  headers: IncomingHttpHeaders,
  inner: boolean,
  isRouterState: (header: string) => boolean,
): void {
  for (const name of Object.keys(headers)) if (OURS.test(name) && !(inner && name === PASSED_ON)) delete headers[name];
  const state = headers["next-router-state-tree"];
  if (state !== undefined && (typeof state !== "string" || !isRouterState(state)))
    delete headers["next-router-state-tree"];
}
