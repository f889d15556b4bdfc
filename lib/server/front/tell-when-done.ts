import type { IncomingMessage, ServerResponse } from "node:http";
import type { RequestWatch } from "../metrics/watch-requests.ts";
import { isStatic, type Visit } from "./visit.ts";

/** A line for each request but files of the build: no query, no secret, no address of a person. */
export type RequestLine = { method: string; route: string; status: number; ms: number; request: string };

/** Who is told. */
export type Told = { log: (line: RequestLine) => void; watch?: RequestWatch | undefined };

/** Tells of a request when its answer is through, or its client gone. What the portal asks of itself is part of what a person asked, and not counted. */
export function tellWhenDone(
  req: IncomingMessage,
  res: ServerResponse,
  visit: Visit,
  route: string,
  { log, watch }: Told,
): void {
  const began = performance.now();
  if (!visit.inner) watch?.began();
  res.once("close", () => {
    const ms = performance.now() - began;
    const status = res.statusCode;
    if (!visit.inner) watch?.ended(req, { id: visit.id, path: visit.path, status, ms, whole: res.writableFinished });
    if (isStatic(visit.path)) return;
    log({ method: req.method ?? "", route, status, ms: Math.round(ms), request: visit.id });
  });
}
