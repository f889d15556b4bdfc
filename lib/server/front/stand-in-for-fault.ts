import type { IncomingMessage, OutgoingHttpHeader, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { isOidc, type Refusal } from "./visit.ts";

type Passed = (...given: unknown[]) => unknown;

/**
 * Puts a page of words in place of what Next.js answers where a page throws: scripts alone, and nothing for whoever runs none.
 * Answers of `/api` and of the provider, and those to the browser's half of Next.js, which shows a page of its own, stay as they are. To be called
 * before anybody else takes hold of the response: what is replaced may have been compressed above.
 */
export function standInForFault(
  req: IncomingMessage,
  res: ServerResponse,
  fault: () => { refusal: Refusal; page: string },
): void {
  const { rsc, "next-action": action } = req.headers;
  if (rsc !== undefined || action !== undefined || req.url?.startsWith("/api/") || isOidc(req.url ?? "")) return;
  const [begin, write, end] = [res.writeHead.bind(res), res.write.bind(res), res.end.bind(res)] as [
    Passed,
    Passed,
    Passed,
  ];
  let instead: string | undefined;
  res.writeHead = ((status: number, ...rest: (string | OutgoingHttpHeaders | OutgoingHttpHeader[])[]) => {
    if (status !== 500) return begin(status, ...rest);
    const { refusal, page } = fault();
    instead = page;
    for (const name of ["content-encoding", "transfer-encoding", "etag"]) res.removeHeader(name);
    res.setHeader("Content-Type", "text/html; charset=utf-8");
    res.setHeader("Content-Length", Buffer.byteLength(instead));
    return begin(refusal.status, refusal.headers);
  }) as typeof res.writeHead;
  const isReplaced = (): boolean => {
    if (!res.headersSent && res.statusCode === 500) res.writeHead(500);
    return instead !== undefined;
  };
  res.write = ((...given: unknown[]) => (isReplaced() ? true : write(...given))) as typeof res.write;
  res.end = ((...given: unknown[]) =>
    isReplaced()
      ? end(
          instead,
          given.findLast((each) => typeof each === "function"),
        )
      : end(...given)) as typeof res.end;
}
