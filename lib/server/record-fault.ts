import type { Instrumentation } from "next";
import { log } from "./log.ts";

/** Writes a fault that a page or action threw, with the request's id and the route's pattern (never its path, which may hold a secret). */
export function recordFault(...[fault, request, context]: Parameters<Instrumentation.onRequestError>): void {
  // What the page that stands in for the broken one shows as its reference, where no page of the front does.
  const digest = (fault as { digest?: unknown }).digest;
  log().error(
    {
      err: fault,
      ...(typeof digest === "string" && { digest }),
      request: request.headers["x-kunci-request-id"],
      route: context.routePath,
      kind: context.routeType,
    },
    "request failed",
  );
}
