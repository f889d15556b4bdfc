import { BlockList } from "node:net";
import { describe, expect, test } from "vitest";
import { addNetwork } from "#lib/kernel/networks.ts";
import { mayReadMetrics } from "./may-read-metrics.ts";

const TOKEN = "a-token-of-monitoring";
const DEMO = "http://localhost:3000";
const PRODUCTION = "https://kunci.example.gov.my";
const here = { peer: "127.0.0.1", headers: { host: "127.0.0.1:3000" } };
const elsewhere = { peer: "192.0.2.7", headers: { host: "kunci.example.gov.my" } };
const nobody = new BlockList();
const proxyHere = new BlockList();
addNetwork(proxyHere, "127.0.0.0/8");
const proxyElsewhere = new BlockList();
addNetwork(proxyElsewhere, "192.0.2.0/24");

const asking = (asked: typeof here, headers: Record<string, string>) => ({
  ...asked,
  headers: { ...asked.headers, ...headers },
});

describe("metrics are given out", () => {
  test.each(["127.0.0.1", "127.8.0.1", "::1", "::ffff:127.0.0.1"])("to this machine itself, at %s", (peer) =>
    expect(mayReadMetrics({ ...here, peer }, undefined, nobody, DEMO)).toBe("yes"),
  );

  test("to whoever has the token, from anywhere and behind a proxy", () => {
    const authorization = `Bearer ${TOKEN}`;
    expect(mayReadMetrics(asking(elsewhere, { authorization }), TOKEN, nobody, DEMO)).toBe("yes");
    expect(
      mayReadMetrics(asking(here, { authorization, "x-forwarded-for": "192.0.2.9" }), TOKEN, proxyHere, DEMO),
    ).toBe("yes");
  });

  test.each([`Bearer ${TOKEN}x`, "Bearer ", `Basic ${TOKEN}`, "Bearer undefined", `Bearer ${TOKEN.slice(0, -1)}`])(
    "not for %j, on this machine either",
    (authorization) => {
      expect(mayReadMetrics(asking(elsewhere, { authorization }), TOKEN, nobody, DEMO)).toBe("unauthorized");
      expect(mayReadMetrics(asking(here, { authorization }), TOKEN, nobody, DEMO)).toBe("unauthorized");
      expect(mayReadMetrics(asking(elsewhere, { authorization }), undefined, nobody, DEMO)).toBe("hidden");
    },
  );

  test("to nobody from elsewhere where no token was chosen", () =>
    expect(mayReadMetrics(elsewhere, undefined, nobody, DEMO)).toBe("hidden"));

  test.each(["192.0.2.7", "::ffff:192.0.2.7", undefined])(
    "not to %s, though it asks for this machine by name",
    (peer) => expect(mayReadMetrics({ ...here, peer }, undefined, nobody, DEMO)).toBe("hidden"),
  );

  test.each([
    ["x-forwarded-for", "192.0.2.9"],
    ["x-real-ip", "192.0.2.9"],
    ["forwarded", "for=192.0.2.9"],
    ["via", "1.1 nginx"],
    ["host", "kunci.example.gov.my"],
    ["host", "127.0.0.1.example.gov.my"],
    ["host", ""],
  ])("not to a proxy on this machine, which shows by %s: %s", (name, value) => {
    expect(mayReadMetrics(asking(here, { [name]: value }), TOKEN, nobody, DEMO)).toBe("unauthorized");
    expect(mayReadMetrics(asking(here, { [name]: value }), undefined, nobody, DEMO)).toBe("hidden");
  });

  test("not to this machine for its address alone, where a trusted proxy stands on it", () =>
    expect(mayReadMetrics(here, TOKEN, proxyHere, DEMO)).toBe("unauthorized"));

  // stunnel, HAProxy without `option forwardfor`, `proxy_pass` alone: nothing shows that somebody else asked.
  test.each(["localhost", "127.0.0.1", "[::1]:3000"])(
    "not for `Host: %s`, where who ends TLS is not known and may hand it on from anywhere",
    (host) => {
      expect(mayReadMetrics(asking(here, { host }), undefined, nobody, PRODUCTION)).toBe("hidden");
      expect(mayReadMetrics(asking(here, { host }), TOKEN, nobody, PRODUCTION)).toBe("unauthorized");
      expect(mayReadMetrics(asking(here, { host }), TOKEN, proxyElsewhere, PRODUCTION)).toBe("yes");
    },
  );
});
