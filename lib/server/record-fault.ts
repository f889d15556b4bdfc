import type { Instrumentation } from "next";
import { log } from "./log.ts";

/** Writes a fault that a page or action threw, with the request's id and the route's pattern (never its path, which may hold a secret). */
export function recordFault(...[fault, request, context]: Parameters<Instrumentation.onRequestError>): void {
  log().error(
    { err: fault, request: request.headers["x-kunci-request-id"], route: context.routePath, kind: context.routeType },
    "request failed",
  );
}
