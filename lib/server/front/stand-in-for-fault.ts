import type { IncomingMessage, OutgoingHttpHeader, OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { answerOf } from "./refusal-page.ts";

type Passed = (...given: unknown[]) => unknown;

/**
 * Puts a page of words in place of what Next.js answers where a page throws: scripts alone, and nothing for whoever runs none.
 * Where `fault` says null, what was answered stays; so does what `/api` answers, and what the browser's half of Next.js is told,
 * which shows a page of its own. To be called before anybody else takes hold of the response: what is replaced may have been
 * compressed above.
 */
export function standInForFault(
  req: IncomingMessage,
  res: ServerResponse,
  fault: () => ReturnType<typeof answerOf> | null,
): void {
  const { rsc, "next-action": action } = req.headers;
  if (rsc !== undefined || action !== undefined || req.url?.startsWith("/api/")) return;
  const [begin, write, end] = [res.writeHead.bind(res), res.write.bind(res), res.end.bind(res)] as [
    Passed,
    Passed,
    Passed,
  ];
  let instead: string | undefined;
  res.writeHead = ((status: number, ...rest: (string | OutgoingHttpHeaders | OutgoingHttpHeader[])[]) => {
    const answer = status === 500 ? fault() : null;
    if (!answer) return begin(status, ...rest);
    instead = answer.body;
    for (const name of ["content-encoding", "transfer-encoding", "etag"]) res.removeHeader(name);
    for (const [name, value] of Object.entries(answer.headers)) res.setHeader(name, value);
    // The words of the other status may have been set with it.
    res.statusMessage = "";
    return begin(answer.status);
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
