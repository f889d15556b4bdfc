import http from "node:http";
import type { Sent } from "./malform.ts";

export type Ask = {
  method: "GET" | "POST";
  path: string;
  cookie: string;
  persona: string;
  headers: Record<string, string>;
  sent?: Sent;
};

/** A request that is not answered by then hangs. */
const PATIENCE_MS = 30_000;
let addresses = 0;

/** Sends it from an address of its own, as a proxy would hand it on. `fault`: it was not answered, and not refused unread. */
export function send(origin: string, { method, path, cookie, headers, sent }: Ask, agent: http.Agent) {
  const { host, port } = new URL(origin);
  const address = `10.${200 + ((addresses >> 16) & 31)}.${(addresses >> 8) & 255}.${addresses++ & 255}`;
  return new Promise<{ status: number; body: string; fault?: string }>((done) => {
    const answered = (status: number, body: string, fault?: string) =>
      done({ status, body, ...(fault !== undefined && { fault }) });
    const request = http.request(
      {
        ...{ host: "127.0.0.1", port, method, path, agent, timeout: PATIENCE_MS },
        headers: {
          host,
          "x-forwarded-for": address,
          accept: "text/html",
          ...(cookie && { cookie }),
          ...(sent && {
            origin,
            "sec-fetch-site": "same-origin",
            "content-length": sent.body.length,
            ...(sent.type && { "content-type": sent.type }),
          }),
          ...headers,
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => answered(response.statusCode ?? 0, Buffer.concat(chunks).toString()));
        response.on("error", (fault) => answered(0, "", `cut off: ${fault.message}`));
      },
    );
    request.on("timeout", () => request.destroy(new Error("no answer")));
    request.on("error", (fault) => answered(0, "", fault.message));
    request.end(sent?.body);
  });
}
