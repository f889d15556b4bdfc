import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { connect, type Socket } from "node:net";
import { minutes, seconds } from "#lib/kernel/time.ts";
import { isStreamed } from "../front/streamed-body.ts";
import { StartRefused } from "./start-refused.ts";

/** Longer than the 60 s of usual proxies, so that they close first and never meet a connection that is just going. */
const KEEP_ALIVE = seconds(72);
const HEADERS_WITHIN = seconds(10);
const REQUEST_WITHIN = seconds(30);
/** A file of 64 MB over a line of an office's: as long as it keeps coming. */
const FILE_WITHIN = minutes(15);
const FILE_PAUSES = seconds(30);
/** Nothing said, and nothing taken of what was: no page takes as long to make, and proxies wait for 60 s. */
const ANSWER_WITHIN = minutes(2);
/** Some 10 KB each. A proxy in front keeps some dozens. */
const MOST_CONNECTIONS = 2_000;
const LARGEST_HEADERS = 16 * 1024;
/** Milliseconds. */
const IDLE_LOOKED_FOR = 50;

/** Milliseconds, and how many connections there may be on one address. */
type Limits = { silence: number; request: number; answer: number; connections: number };
const LIMITS: Limits = {
  silence: HEADERS_WITHIN,
  request: REQUEST_WITHIN,
  answer: ANSWER_WITHIN,
  connections: MOST_CONNECTIONS,
};

/** Takes the port on each of the addresses. Throws `StartRefused`, in both languages, where somebody else has it. */
export async function listen(
  listener: RequestListener,
  hosts: readonly string[],
  port: number,
  limits: Partial<Limits> = {},
): Promise<Server[]> {
  if (await answers(port)) throw taken(port);
  const servers: Server[] = [];
  try {
    for (const host of hosts) {
      const server = await listenOn(listener, host, port, { ...LIMITS, ...limits });
      if (server) servers.push(server);
    }
    if (servers.length === 0) throw new StartRefused([`None of ${hosts.join(", ")} can be listened on`]);
    return servers;
  } catch (fault) {
    for (const server of servers) server.close();
    throw fault;
  }
}

/** A server on every address lets another one take this very address beside it, on some systems: so ask. */
function answers(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, "127.0.0.1");
    socket.setTimeout(1_000, () => socket.destroy());
    socket.on("connect", () => {
      done(true);
      socket.destroy();
    });
    socket.on("error", () => undefined);
    socket.on("close", () => done(false));
  });
}

/** Nothing where the machine does not have this kind of address (no IPv6). */
function listenOn(listener: RequestListener, host: string, port: number, limits: Limits): Promise<Server | undefined> {
  const server = createServer(
    {
      maxHeaderSize: LARGEST_HEADERS,
      headersTimeout: HEADERS_WITHIN,
      requestTimeout: FILE_WITHIN,
      keepAliveTimeout: KEEP_ALIVE,
    },
    listener,
  );
  server.on("clientError", answerBadly);
  // Node's own limits begin with the first byte: who never sends one would keep the connection for good.
  server.on("connection", (socket) => socket.setTimeout(limits.silence));
  server.on("request", (req) => limitArrival(req, limits));
  limitConnections(server, limits.connections);
  return new Promise((done, failed) => {
    server.once("error", (fault: NodeJS.ErrnoException) => {
      if (fault.code === "EADDRNOTAVAIL" || fault.code === "EAFNOSUPPORT") done(undefined);
      else failed(fault.code === "EADDRINUSE" ? taken(port) : fault.code === "EACCES" ? notAllowed(port) : fault);
    });
    server.listen({ host, port, ipv6Only: host === "::1" }, () => done(server));
  });
}

/** Node has one limit for all requests, that of a file: everything else has to be here sooner. */
function limitArrival(req: IncomingMessage, { request, answer }: Limits): void {
  const { socket } = req;
  const isFile = isStreamed((req.url ?? "").split("?", 1)[0] ?? "");
  // What comes after the request is the work of whoever answers, and then of whoever reads it.
  socket.setTimeout(isFile ? FILE_PAUSES : answer);
  if (isFile) return void req.once("end", () => socket.setTimeout(FILE_WITHIN));
  if (Number(req.headers["content-length"] ?? 0) === 0 && req.headers["transfer-encoding"] === undefined) return;
  const late = setTimeout(() => req.complete || socket.destroy(), request);
  req.once("close", () => clearTimeout(late));
}

/**
 * Beyond so many, whoever has been without a request for longest is closed for the newcomer: a browser opens another one by
 * itself when it needs it.
 */
function limitConnections(server: Server, most: number): void {
  const idle = new Set<Socket>();
  let open = 0;
  server.on("connection", (socket: Socket) => {
    open += 1;
    idle.add(socket);
    socket.once("close", () => {
      open -= 1;
      idle.delete(socket);
    });
    if (open > most) for (const oldest of idle) return void oldest.destroy();
  });
  server.on("request", ({ socket }: IncomingMessage, res) => {
    idle.delete(socket);
    res.once("close", () => {
      if (!socket.destroyed) idle.add(socket);
    });
  });
}

const taken = (port: number): StartRefused =>
  new StartRefused([
    `Port ${port} sudah digunakan; pilih yang lain: PORT=${port + 1} npm start / Port ${port} is already in use; choose another: PORT=${port + 1} npm start`,
  ]);
const notAllowed = (port: number): StartRefused =>
  new StartRefused([
    `Port ${port} tidak dibenarkan untuk pengguna ini; pilih yang lain: PORT=3000 npm start / Port ${port} is not allowed for this user; choose another: PORT=3000 npm start`,
  ]);

/** What is not even HTTP, or came too slowly: there is no request to answer, so a line of plain text does. */
function answerBadly(fault: NodeJS.ErrnoException, socket: import("node:stream").Duplex): void {
  if (fault.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
  const status =
    fault.code === "HPE_HEADER_OVERFLOW"
      ? "431 Request Header Fields Too Large"
      : fault.code === "ERR_HTTP_REQUEST_TIMEOUT"
        ? "408 Request Timeout"
        : "400 Bad Request";
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\nX-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\n\r\nPermintaan itu tidak dapat dibaca. / That request could not be read.\n`,
  );
}

/** Takes no more requests, and lets the open ones finish, `within` ms at most. */
export async function stopListening(servers: readonly Server[], within: number): Promise<void> {
  const closed = servers.map((server) => new Promise<void>((done) => server.close(() => done())));
  // A connection falls idle when its answer is through, and would be kept for the browser's next request.
  const idle = setInterval(() => {
    for (const server of servers) server.closeIdleConnections();
  }, IDLE_LOOKED_FOR);
  const late = new Promise<void>((done) => setTimeout(done, within).unref());
  await Promise.race([Promise.all(closed), late]);
  clearInterval(idle);
  for (const server of servers) server.closeAllConnections();
}
