import { BlockList, isIPv4, isIPv6 } from "node:net";

/** What an operator gives to one household or office (RFC 6177): the rest of an address changes by itself each day. */
const IPV6_NETWORK_BITS = 64;
const MAPPED = /^::ffff:(?=\d+\.)/i;

/**
 * Whether two client addresses are of one network, as far as can be told: the same IPv4 address (behind which a whole
 * office may sit), or the same first 64 bits of IPv6. What is no address is of no network.
 */
export function sameNetwork(one: string, other: string): boolean {
  const [a, b] = [one.replace(MAPPED, ""), other.replace(MAPPED, "")];
  if (isIPv4(a) || isIPv4(b)) return isIPv4(a) && a === b;
  if (!isIPv6(a) || !isIPv6(b)) return false;
  const network = new BlockList();
  network.addSubnet(a, IPV6_NETWORK_BITS, "ipv6");
  return network.check(b, "ipv6");
}
