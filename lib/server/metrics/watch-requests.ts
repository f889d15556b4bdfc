import type { IncomingMessage } from "node:http";
import type { Metrics } from "./metrics.ts";
import type { NameRoute } from "./name-route.ts";

/** What the front tells of each request; it decides nothing. */
export type RequestWatch = {
  began: () => void;
  /** `ms` to the end of the answer; `whole` is false where the client went before it. */
  ended: (req: IncomingMessage, how: RequestEnd) => void;
  /** Answered by the front itself, with the words of this refusal. */
  refused: (why: string) => void;
};

export type RequestEnd = { id: string; path: string; status: number; ms: number; whole: boolean };

/** Counts requests; `also` is told of their ends. */
export function watchRequests(
  metrics: Metrics,
  nameRoute: NameRoute,
  also?: RequestWatch["ended"] | undefined,
): RequestWatch {
  return {
    began: () => metrics.inFlight.inc(),
    ended: (req, how) => {
      const { path, status, ms, whole } = how;
      also?.(req, how);
      metrics.inFlight.dec();
      const labels = { route: nameRoute(path), status: whole ? `${Math.floor(status / 100)}xx` : "aborted" };
      metrics.requests.observe(labels, ms / 1_000);
    },
    refused: (why) => metrics.refused.inc({ why }),
  };
}
