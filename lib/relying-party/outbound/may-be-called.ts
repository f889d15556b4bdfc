import { BlockList, isIP } from "node:net";
import { addNetwork } from "#lib/kernel/networks.ts";

/** Where relying parties may be called besides the addresses that are everybody's. */
export type Reach = {
  /** Networks (CIDRs) that the operator has opened. */
  networks: readonly string[];
  /** This machine, by http too: in a demonstration alone. */
  loopback: boolean;
};

/**
 * Not everybody's, by the registries of special addresses (RFC 6890 and IANA's lists after it): this machine, private
 * networks, links, documentation, multicast; and the address at which a cloud tells its guests their secrets although it is a
 * public one.
 */
const special = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "168.63.129.16",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
  // Of IPv6's own 2000::/3: for protocols (Teredo among them), documentation, and 6to4, which leads to any IPv4 address.
  "2001::/23",
  "2001:db8::/32",
  "2002::/16",
  "3fff::/20",
];

const listOf = (networks: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const network of networks) addNetwork(list, network);
  return list;
};

const specials = listOf(special);
const global6 = listOf(["2000::/3"]);
const ownMachine = listOf(["127.0.0.0/8", "::1"]);

const holds = (list: BlockList, address: string): boolean => list.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");

/** This machine, named so by whoever wrote the address: a name of somebody's DNS that leads here is not. */
export const isLoopbackHost = (host: string): boolean =>
  host === "localhost" || (isIP(host) !== 0 && holds(ownMachine, host));

/**
 * Whether a relying party at this address of this host may be called. An IPv4 address in the clothes of an IPv6 one
 * (`::ffff:10.0.0.1`, `64:ff9b::10.0.0.1`) lies outside of what IPv6 gives to everybody, so none needs to be unwrapped.
 */
export function mayBeCalled(reach: Reach, host: string, address: string): boolean {
  if (reach.loopback && isLoopbackHost(host) && holds(ownMachine, address)) return true;
  if (isIP(address) === 0) return false;
  if (holds(listOf(reach.networks), address)) return true;
  if (isIP(address) === 6 && !holds(global6, address)) return false;
  return !holds(specials, address);
}
