import { lookup } from "node:dns/promises";
import { type IncomingMessage, request as overHttp } from "node:http";
import { request as overHttps } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { type Duration, seconds } from "#lib/kernel/time.ts";
import { isLoopbackHost, mayBeCalled, type Reach } from "./may-be-called.ts";

/** From the first question to DNS to the last byte. */
const CALL_LIMIT = seconds(5);
/** Of an answer: a set of keys is a few thousand. */
export const ANSWER_LIMIT_BYTES = 64 * 1024;

export type Call = {
  method?: "GET" | "POST";
  headers?: Readonly<Record<string, string>>;
  body?: string;
};

/** A redirect is an answer like any other: it is not followed. */
export type Answer = { status: number; headers: Readonly<Record<string, string>>; body: Buffer };

export type CallRefusal =
  /** Neither https nor, in a demonstration, http to this machine; or with a name and password in it. */
  | "not_allowed"
  /** It leads, by itself or by DNS, to where relying parties may not be called. */
  | "private_address"
  | "unreachable"
  | "too_slow"
  | "too_large";

export type Address = { address: string; family: number };
export type CallOptions = {
  /** Whole milliseconds for all of it. */
  within?: Duration;
  /** Every address of a name; the machine's own way by default. */
  resolve?: (host: string) => Promise<readonly Address[]>;
};

/**
 * Calls an address that somebody registered for a system of theirs: the one way in which the portal calls where others say.
 * Only by TLS, and only where it may: the name is resolved once, every address it has is looked at, and those very addresses
 * are connected to, so that an answer of DNS that changes in between leads nowhere else. No redirects, no more than 64 KB,
 * no longer than 5 s. What goes wrong on the way is a refusal.
 */
export async function fetchFromRelyingParty(
  reach: Reach,
  address: string,
  call: Call = {},
  { within = CALL_LIMIT, resolve = (host) => lookup(host, { all: true }) }: CallOptions = {},
): Promise<Result<Answer, CallRefusal>> {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url) return refuse("not_allowed");
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const schemeIsGood =
    url.protocol === "https:" || (url.protocol === "http:" && reach.loopback && isLoopbackHost(host));
  if (!schemeIsGood || url.username !== "" || url.password !== "") return refuse("not_allowed");

  const tooLong = new AbortController();
  const timer = setTimeout(() => tooLong.abort(), within);
  try {
    const addresses = await unlessAborted(tooLong.signal, addressesOf(host, resolve));
    if (addresses.length === 0) return refuse("unreachable");
    if (!addresses.every((found) => mayBeCalled(reach, host, found.address))) return refuse("private_address");
    return await unlessAborted(tooLong.signal, exchange(url, call, addresses, tooLong.signal));
  } catch {
    return refuse(tooLong.signal.aborted ? "too_slow" : "unreachable");
  } finally {
    clearTimeout(timer);
  }
}

async function addressesOf(host: string, resolve: NonNullable<CallOptions["resolve"]>): Promise<readonly Address[]> {
  const family = isIP(host);
  return family === 0 ? await resolve(host) : [{ address: host, family }];
}

/** Connects to one of the addresses that were looked at, whatever the name has become since. */
const toThese =
  (addresses: readonly Address[]): LookupFunction =>
  (_host, options, answer) => {
    const [first] = addresses;
    if (options.all) answer(null, [...addresses]);
    else if (first) answer(null, first.address, first.family);
  };

function exchange(
  url: URL,
  { method = "GET", headers = {}, body }: Call,
  addresses: readonly Address[],
  signal: AbortSignal,
): Promise<Result<Answer, CallRefusal>> {
  return new Promise((settle, fail) => {
    const send = url.protocol === "https:" ? overHttps : overHttp;
    const outgoing = send(url, {
      method,
      headers: {
        "user-agent": "Kunci",
        ...headers,
        ...(body === undefined ? {} : { "content-length": Buffer.byteLength(body) }),
      },
      lookup: toThese(addresses),
      // A connection of its own: one that is kept may have been opened to what may not be called any more.
      agent: false,
      signal,
    });
    outgoing.on("error", fail);
    outgoing.on("response", (incoming) => {
      readAnswer(incoming).then((answer) => {
        // Whatever more it has to say, nobody listens.
        outgoing.destroy();
        settle(answer);
      }, fail);
    });
    outgoing.end(body);
  });
}

async function readAnswer(incoming: IncomingMessage): Promise<Result<Answer, CallRefusal>> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of incoming as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > ANSWER_LIMIT_BYTES) return refuse("too_large");
    pieces.push(piece);
  }
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );
  return ok({ status: incoming.statusCode ?? 0, headers, body: Buffer.concat(pieces) });
}

/** The resolver cannot be told to stop; whoever waits for it can. */
function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((settle, fail) => {
    signal.addEventListener("abort", () => fail(new Error("Too long")), { once: true });
    work.then(settle, fail);
  });
}
