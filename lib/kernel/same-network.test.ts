import { expect, test } from "vitest";
import { sameNetwork } from "./same-network.ts";

test.each([
  ["192.0.2.1", "192.0.2.1", true],
  ["192.0.2.1", "192.0.2.2", false],
  ["192.0.2.1", "::ffff:192.0.2.1", true],
  ["2001:db8:1:2::1", "2001:db8:1:2:ffff:0:0:9", true],
  ["2001:db8:1:2::1", "2001:db8:1:3::1", false],
  ["2001:db8::1", "192.0.2.1", false],
  ["", "", false],
  ["not one", "not one", false],
])("%s and %s: %s", (one, other, same) => {
  expect(sameNetwork(one, other)).toBe(same);
  expect(sameNetwork(other, one)).toBe(same);
});
