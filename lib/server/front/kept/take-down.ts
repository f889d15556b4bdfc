import type { ServerResponse } from "node:http";

type Passed = (...given: unknown[]) => unknown;

/** Holds an answer back until it is whole, and sends what `finish` makes of it. It has to be uncompressed text. */
export function takeDown(res: ServerResponse, finish: (text: string) => string): void {
  const end = res.end.bind(res) as Passed;
  const chunks: Buffer[] = [];
  const take = (chunk: unknown): void => {
    if (typeof chunk === "string" || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk as string));
  };
  // Next.js begins its answer before the first piece of it: nothing goes out yet.
  res.flushHeaders = () => {};
  res.write = ((chunk: unknown) => {
    take(chunk);
    return true;
  }) as typeof res.write;
  res.end = ((...given: unknown[]) => {
    take(given[0]);
    const body = Buffer.from(finish(Buffer.concat(chunks).toString("utf8")));
    // What was told of the text before is not that of what is sent.
    if (!res.headersSent && res.hasHeader("content-length")) res.setHeader("content-length", body.length);
    return end(body, ...given.filter((each) => typeof each === "function"));
  }) as typeof res.end;
}
