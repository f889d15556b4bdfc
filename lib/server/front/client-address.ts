import { type BlockList, isIP } from "node:net";

/** One plain address out of what a proxy may write: `1.2.3.4:5678`, `[::1]:5678`, `::ffff:1.2.3.4`. Null where it is none. */
export function plainAddress(text: string): string | null {
  const trimmed = text.trim();
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(trimmed)?.[1];
  const withPort = /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(trimmed)?.[1];
  const address = (bracketed ?? withPort ?? trimmed)
    .toLowerCase()
    .replace(/^::ffff:(?=\d+\.)/, "")
    .replace(/%.*$/, "");
  return isIP(address) === 0
    ? null
    : isIP(address) === 6
      ? new URL(`http://[${address}]`).hostname.slice(1, -1)
      : address;
}

/**
 * The client's address. Every proxy we trust vouches for the one before it, so it is the right-most address of the chain that
 * is not trusted; what stands further left may be made up.
 */
export function clientAddress(peer: string | undefined, forwardedFor: string | undefined, trusted: BlockList): string {
  let client = plainAddress(peer ?? "") ?? "127.0.0.1";
  const chain = forwardedFor?.split(",") ?? [];
  while (chain.length > 0 && trusted.check(client, isIP(client) === 6 ? "ipv6" : "ipv4")) {
    const before = plainAddress(chain.pop() ?? "");
    if (before === null) break;
    client = before;
  }
  return client;
}
