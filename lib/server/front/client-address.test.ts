import { BlockList } from "node:net";
import { describe, expect, test } from "vitest";
import { addNetwork } from "#lib/kernel/networks.ts";
import { countedAs } from "#lib/throttle/counted-as.ts";
import { clientAddress, plainAddress } from "./client-address.ts";

const trusting = (...networks: string[]): BlockList => {
  const list = new BlockList();
  for (const network of networks) addNetwork(list, network);
  return list;
};

describe("the client's address", () => {
  test("is the peer's where nobody is trusted, whatever is forwarded", () => {
    expect(clientAddress("203.0.113.9", "198.51.100.1", trusting())).toBe("203.0.113.9");
  });

  test("is the right-most one that is not trusted: what stands left of it may be made up", () => {
    const proxies = trusting("10.0.0.0/8", "fd00::/8");
    expect(clientAddress("10.0.0.1", "198.51.100.66, 203.0.113.9, 10.2.3.4", proxies)).toBe("203.0.113.9");
    expect(clientAddress("fd00::1", "203.0.113.9", proxies)).toBe("203.0.113.9");
    expect(clientAddress("::ffff:10.0.0.1", "2001:DB8::1", proxies)).toBe("2001:db8::1");
  });

  test("is the proxy's own where it forwards nothing that is an address", () => {
    const proxies = trusting("10.0.0.0/8");
    for (const forwarded of [undefined, "", "unknown", "203.0.113.9, _hidden", "<script>"])
      expect(clientAddress("10.0.0.1", forwarded, proxies)).toBe("10.0.0.1");
  });

  test("is the left-most where every one is trusted", () => {
    expect(clientAddress("10.0.0.1", "10.0.0.3, 10.0.0.2", trusting("10.0.0.0/8"))).toBe("10.0.0.3");
  });
});

test.each([
  ["203.0.113.9:4711", "203.0.113.9"],
  ["[2001:db8:0:0::1]:4711", "2001:db8::1"],
  ["::ffff:203.0.113.9", "203.0.113.9"],
  ["fe80::1%eth0", "fe80::1"],
  ["203.0.113", null],
  ["localhost", null],
])("%s is read as %s", (text, address) => {
  expect(plainAddress(text)).toBe(address);
});

test("an IPv6 line is counted as one client, whichever of its addresses is used", () => {
  expect(countedAs("2001:db8:1:2::3")).toBe("2001:db8:1:2::/64");
  expect(countedAs("2001:db8:1:2:a:b:c:d")).toBe("2001:db8:1:2::/64");
  expect(countedAs("2001:db8:1:3::3")).not.toBe(countedAs("2001:db8:1:2::3"));
  expect(countedAs("::1")).toBe("0:0:0:0::/64");
  expect(countedAs("203.0.113.9")).toBe("203.0.113.9");
});
