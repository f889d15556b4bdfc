import type { IncomingMessage, RequestListener } from "node:http";
import { type BlockList, isIP } from "node:net";
import { isInner } from "../front/clean-headers.ts";
import { plainAddress } from "../front/client-address.ts";
import { isStatic } from "../front/visit.ts";
import type { NameRoute } from "../metrics/name-route.ts";
import type { RequestWatch } from "../metrics/watch-requests.ts";
import type { Span, Tracing } from "./tracing.ts";

/**
 * A span for each request, which `ended` fills and ends. A caller's trace is gone on with where the caller is a
 * proxy that is trusted: anybody else could choose what is kept. The portal's own requests and files of the build have none,
 * and without tracing nothing has.
 */
export function traceRequests(
  tracing: Tracing | undefined,
  { nameRoute, trusted, innerSecret }: { nameRoute: NameRoute; trusted: BlockList; innerSecret: string },
): { around: (listener: RequestListener) => RequestListener; ended: RequestWatch["ended"] } {
  if (!tracing) return { around: (listener) => listener, ended: () => undefined };
  const spans = new WeakMap<IncomingMessage, Span>();
  return {
    around: (listener) => (req, res) => {
      if (isInner(req.headers, innerSecret) || isStatic(req.url ?? "")) return listener(req, res);
      const method = nameOf(req.method);
      const parent = isTrusted(req, trusted) ? req.headers.traceparent : undefined;
      const facts = { "http.request.method": method };
      const span = tracing.begin(method, "server", facts, typeof parent === "string" ? parent : undefined);
      spans.set(req, span);
      span.within(() => listener(req, res));
    },
    ended: (req, { path, status, whole, id }) => {
      const span = spans.get(req);
      if (!span) return;
      const route = nameRoute(path);
      span.set({ "http.route": route, "http.response.status_code": status, "kunci.request_id": id });
      span.rename(`${nameOf(req.method)} ${route}`);
      span.end(!whole ? "aborted" : status >= 500 ? String(status) : undefined);
    },
  };
}

/** A method that nobody knows is anybody's text (OpenTelemetry's conventions for HTTP spans). */
const nameOf = (method: string | undefined): string =>
  /^(?:GET|HEAD|POST|OPTIONS|PUT|PATCH|DELETE)$/.test(method ?? "") ? String(method) : "_OTHER";

function isTrusted({ socket }: IncomingMessage, trusted: BlockList): boolean {
  const peer = plainAddress(socket.remoteAddress ?? "");
  return peer !== null && trusted.check(peer, isIP(peer) === 6 ? "ipv6" : "ipv4");
}
