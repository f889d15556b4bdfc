import type { IncomingMessage } from "node:http";
import type { Refusal } from "./visit.ts";

/** Where a browser says that the request began: here, or typed by the person. "same-site" is another host of the domain. */
const OWN_SITES = new Set(["same-origin", "none"]);

/**
 * A change of state must come from a page of ours: `Origin` is the configured one, and `Sec-Fetch-Site`, where sent, agrees.
 * Missing and null origins are refused too; every browser we support sends one with a POST.
 */
export function checkOrigin(req: Pick<IncomingMessage, "headers">, origin: string): Refusal | null {
  const site = req.headers["sec-fetch-site"];
  const isOurs =
    req.headers.origin === origin && (site === undefined || (typeof site === "string" && OWN_SITES.has(site)));
  return isOurs ? null : { status: 403, words: "foreign" };
}
