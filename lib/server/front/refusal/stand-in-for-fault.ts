import type { OutgoingHttpHeader, OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { PlainAnswer } from "./refusal-page.ts";

type Passed = (...given: unknown[]) => unknown;

/**
 * Puts a page of words in place of what Next.js answers where a page throws: scripts alone, and nothing for whoever runs none.
 * Where `instead` is null, what was answered stays. To be called before anybody else takes hold of the response: what is
 * replaced may have been compressed above.
 */
export function standInForFault(res: ServerResponse, instead: () => PlainAnswer | null): void {
  const [begin, write, end] = [res.writeHead.bind(res), res.write.bind(res), res.end.bind(res)] as [
    Passed,
    Passed,
    Passed,
  ];
  let body: string | undefined;
  res.writeHead = ((status: number, ...rest: (string | OutgoingHttpHeaders | OutgoingHttpHeader[])[]) => {
    const answer = status === 500 ? instead() : null;
    if (!answer) return begin(status, ...rest);
    body = answer.body;
    for (const name of ["content-encoding", "transfer-encoding", "etag"]) res.removeHeader(name);
    for (const [name, value] of Object.entries(answer.headers)) res.setHeader(name, value);
    // The words of the other status may have been set with it.
    res.statusMessage = "";
    return begin(answer.status);
  }) as typeof res.writeHead;
  const isReplaced = (): boolean => {
    if (!res.headersSent && res.statusCode === 500) res.writeHead(500);
    return body !== undefined;
  };
  res.write = ((...given: unknown[]) => (isReplaced() ? true : write(...given))) as typeof res.write;
  res.end = ((...given: unknown[]) =>
    isReplaced()
      ? end(
          body,
          given.findLast((each) => typeof each === "function"),
        )
      : end(...given)) as typeof res.end;
}
