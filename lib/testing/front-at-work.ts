import {
  type Agent,
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type ServerResponse,
} from "node:http";
import { type AddressInfo, BlockList, connect } from "node:net";
import { addNetwork } from "#lib/kernel/networks.ts";
import { createFront, type FrontOptions, type Handler, type RequestLine } from "#lib/server/front/create-front.ts";

export type Heard = { status: number; statusText: string; headers: IncomingHttpHeaders; body: string };
export type Asked = { method?: string; path?: string; headers?: Record<string, string>; body?: string | Buffer };

/** For tests: a front on a socket of its own, with a handler in place of Next.js that tells what reached it. */
export async function frontAtWork(options: Partial<FrontOptions> & { handler?: Handler; trust?: string } = {}) {
  const lines: RequestLine[] = [];
  const faults: unknown[] = [];
  const reached: { method: string; url: string; headers: IncomingHttpHeaders; body: string }[] = [];
  const echo: Handler = async (req: IncomingMessage, res: ServerResponse) => {
    const parts: Buffer[] = [];
    for await (const part of req) parts.push(part as Buffer);
    reached.push({
      method: req.method ?? "",
      url: req.url ?? "",
      headers: { ...req.headers },
      body: Buffer.concat(parts).toString(),
    });
    res.setHeader("Content-Type", "text/html; charset=utf-8");
    res.end("a page");
  };
  const trusted = new BlockList();
  if (options.trust) addNetwork(trusted, options.trust);
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  const origin = options.origin ?? `http://localhost:${port}`;
  const { handler = echo, trust: _, ...rest } = options;
  server.on(
    "request",
    createFront(handler, {
      mode: "demo",
      trusted,
      agency: { nameMs: "Jabatan <Contoh>", nameEn: "Contoh Department", helpdeskPhone: "03-0000 1234" },
      counter: { count: () => null },
      log: (line) => lines.push(line),
      fault: (fault) => faults.push(fault),
      innerSecret: "a secret of this process",
      ...rest,
      origin,
    }),
  );
  const host = new URL(origin).host;
  const ask = (
    { method = "GET", path = "/", headers = {}, body }: Asked = {},
    agent: Agent | false = false,
  ): Promise<Heard> =>
    new Promise((done, failed) => {
      const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
      const req = request(
        { host: "127.0.0.1", port, method, path, headers: { host, ...length, ...headers }, agent },
        (res) => {
          const parts: Buffer[] = [];
          res.on("data", (part: Buffer) => parts.push(part));
          res.on("end", () =>
            done({
              status: res.statusCode ?? 0,
              statusText: res.statusMessage ?? "",
              headers: res.headers,
              body: Buffer.concat(parts).toString(),
            }),
          );
        },
      );
      req.on("error", failed).end(body);
    });
  return {
    ask,
    /** Posts a form as a page without JavaScript does, from the portal's own page where nothing else is said. */
    post: (
      body: string | Buffer,
      headers: Record<string, string> = {},
      path = "/register",
      agent: Agent | false = false,
    ) => ask({ method: "POST", path, headers: { origin, "content-type": FORM, ...headers }, body }, agent),
    /** Asks for a target that Node's own client would not send as it stands; all that came back. */
    raw: (target: string): Promise<string> =>
      new Promise((done, failed) => {
        let said = "";
        const socket = connect(port, "127.0.0.1", () =>
          socket.write(`GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`),
        );
        socket.on("data", (part) => {
          said += part;
        });
        socket.on("error", failed).on("close", () => done(said));
      }),
    origin,
    port,
    reached,
    lines,
    faults,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

const BOUNDARY = "----WebKitFormBoundary7MA4YWxkTrZu0gW";
export const FORM = `multipart/form-data; boundary=${BOUNDARY}`;

/** A form's body as browsers write it. */
export const form = (fields: readonly (readonly [string, string])[]): string =>
  `${fields.map(([name, value]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join("")}--${BOUNDARY}--\r\n`;

/** An id as Next.js makes them: its first byte tells that an action looks at its second argument, the form. */
export const ACTION = `60${"ab".repeat(20)}`;
/** Another, which takes the form alone. */
export const FORM_ACTION = `40${"cd".repeat(20)}`;
/** One that takes nothing. */
export const BARE_ACTION = `00${"ef".repeat(20)}`;

/** What Next.js hides in a form of `useActionState`, with the state it goes on from. */
export const hidden = (state: unknown = null, id = ACTION): [string, string][] => [
  ["$ACTION_REF_1", ""],
  ["$ACTION_1:0", JSON.stringify({ id, bound: "$@1" })],
  ["$ACTION_1:1", JSON.stringify([state])],
  ["$ACTION_KEY", "k1234567890"],
];
