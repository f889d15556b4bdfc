import type { OutgoingHttpHeader, OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { Answer } from "../answer.ts";
import { isPublished, isStatic, type Visit } from "./visit.ts";

type Headers = OutgoingHttpHeaders | OutgoingHttpHeader[];

/**
 * Has the last word when an answer begins: the security headers, but those the answer has of its own (Next.js lets no route
 * replace what is there before it); the status an action asked for; and that nobody keeps a page. Files that may be kept say
 * so themselves and stay as they are.
 */
export function dressResponse(
  res: ServerResponse,
  visit: Pick<Visit, "path">,
  answer: Answer,
  security: Readonly<Record<string, string>>,
): void {
  const begin = res.writeHead.bind(res) as (status: number, message?: string, headers?: Headers) => ServerResponse;
  res.writeHead = ((status: number, messageOrHeaders?: string | Headers, headers?: Headers): ServerResponse => {
    res.writeHead = begin as ServerResponse["writeHead"];
    const given = typeof messageOrHeaders === "string" ? headers : messageOrHeaders;
    // Into the response's own set, where the ones below can replace them.
    if (given && !Array.isArray(given))
      for (const [name, value] of Object.entries(given)) if (value !== undefined) res.setHeader(name, value);
    for (const [name, value] of Object.entries(security)) if (!res.hasHeader(name)) res.setHeader(name, value);
    if (!isStatic(visit.path) && !mayBeKept(res, visit.path)) res.setHeader("Cache-Control", "no-store");
    res.removeHeader("X-Powered-By");
    const asked = statusOf(status, res.req.method, answer);
    if (asked === answer.status) for (const [name, value] of Object.entries(answer.headers)) res.setHeader(name, value);
    if (Array.isArray(given))
      return typeof messageOrHeaders === "string"
        ? begin(asked, messageOrHeaders, given)
        : begin(asked, undefined, given);
    return typeof messageOrHeaders === "string" && asked === status ? begin(asked, messageOrHeaders) : begin(asked);
  }) as ServerResponse["writeHead"];
}

/**
 * An action's own status stands in for "200", and a page that sends the browser elsewhere when it was posted to means
 * "look there", not "post it again there".
 */
function statusOf(status: number, method: string | undefined, answer: Answer): number {
  if (status === 307 && method === "POST") return 303;
  return status === 200 ? (answer.status ?? status) : status;
}

/** What the provider publishes; else neither a page nor data: a file of `public`, or one whose handler says that it is for everybody. */
function mayBeKept(res: ServerResponse, path: string): boolean {
  if (!/^public\b/.test(String(res.getHeader("cache-control") ?? ""))) return false;
  return (
    (isPublished(path) && res.statusCode === 200) ||
    !/html|json|x-component/.test(String(res.getHeader("content-type") ?? ""))
  );
}
