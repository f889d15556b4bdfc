import type { IncomingMessage, ServerResponse } from "node:http";
import type { BlockList } from "node:net";
import type { Handler } from "../front/create-front.ts";
import { mayReadMetrics } from "./may-read-metrics.ts";
import type { Metrics } from "./metrics.ts";

/** Prometheus text for whoever may read it. Answered by the front, so that it is there when pages are not. */
export function answerMetrics(
  metrics: Metrics,
  token: string | undefined,
  trusted: BlockList,
  origin: string,
): Handler {
  return async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const asked = { peer: req.socket.remoteAddress, headers: headersAsSent(req) };
    const may = mayReadMetrics(asked, token, trusted, origin);
    if (may === "hidden") return plain(res, 404, "Not found\n");
    if (may === "unauthorized")
      return plain(res, 401, "The token is missing or wrong\n", { "WWW-Authenticate": "Bearer" });
    if (req.method !== "GET" && req.method !== "HEAD") return plain(res, 405, "GET\n", { Allow: "GET, HEAD" });
    await Promise.all(metrics.beforehand.map((refresh) => refresh()));
    plain(res, 200, await metrics.registry.metrics(), { "Content-Type": metrics.registry.contentType });
  };
}

/** The front has cleaned what it hands on: whether somebody else asked first is told by what it took out. */
function headersAsSent({ rawHeaders }: IncomingMessage): Record<string, string> {
  const sent: Record<string, string> = {};
  for (let at = 0; at + 1 < rawHeaders.length; at += 2)
    sent[(rawHeaders[at] ?? "").toLowerCase()] = rawHeaders[at + 1] ?? "";
  return sent;
}

function plain(res: ServerResponse, status: number, text: string, headers: Record<string, string> = {}): void {
  res.writeHead(status, {
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Length": Buffer.byteLength(text),
    ...headers,
  });
  res.end(res.req.method === "HEAD" ? undefined : text);
}
