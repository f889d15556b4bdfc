import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { type BlockList, isIP } from "node:net";
import { plainAddress } from "../front/client-address.ts";

export type Asked = {
  /** Address of the socket's other end, whatever a header says. */
  peer: string | undefined;
  /** As they came, before the front cleans them. */
  headers: Readonly<IncomingHttpHeaders>;
};

/** Each of them says that somebody else asked first. */
const PASSED_ON = ["x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "forwarded", "via"];

/**
 * Whether the metrics are given out: to whoever has the token; and to this machine itself, unless a reverse proxy stands on
 * it, since all the world comes from there then. "hidden": as if there were nothing, where no token would help.
 *
 * `origin`: the portal speaks no TLS, so where it begins with https somebody speaks it in front. As long as nobody has said
 * where that is, it may be here, and what ends TLS alone hands on whatever a client says of itself, `Host: localhost` too.
 */
export function mayReadMetrics(
  { peer, headers }: Asked,
  token: string | undefined,
  trusted: BlockList,
  origin: string,
): "yes" | "unauthorized" | "hidden" {
  const given = /^Bearer +(\S+)$/i.exec(headers.authorization ?? "")?.[1];
  if (token !== undefined && given !== undefined && isSame(given, token)) return "yes";
  const isProxyKnown = !origin.startsWith("https:") || trusted.rules.length > 0;
  if (isProxyKnown && headers.authorization === undefined && isOfThisMachine(peer, headers, trusted)) return "yes";
  return token === undefined ? "hidden" : "unauthorized";
}

function isOfThisMachine(peer: string | undefined, headers: Asked["headers"], trusted: BlockList): boolean {
  const address = plainAddress(peer ?? "");
  if (address === null || !isLoopback(address)) return false;
  if (trusted.check(address, isIP(address) === 6 ? "ipv6" : "ipv4")) return false;
  if (PASSED_ON.some((name) => headers[name] !== undefined)) return false;
  // A proxy that says nothing of itself mostly hands on the name that people asked for.
  return URL.canParse(`http://${headers.host}`) && isLoopback(new URL(`http://${headers.host}`).hostname);
}

const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "::1" || host === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(host);

/** Of equal length whatever was given, so that the time tells neither the token nor its length. */
const isSame = (given: string, token: string): boolean => timingSafeEqual(hashed(given), hashed(token));
const hashed = (text: string): Buffer => createHash("sha256").update(text).digest();
