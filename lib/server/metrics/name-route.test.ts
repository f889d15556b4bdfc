import { describe, expect, test } from "vitest";
import { NO_PAGE, nameRoutes } from "./name-route.ts";

const routes = [
  "/[...missing]",
  "/",
  "/sign-in",
  "/activate",
  "/activate/[token]",
  "/activate/confirm",
  "/api/health",
  "/helpdesk/accounts/[id]",
  "/helpdesk/accounts/[id]/cases/[caseId]",
];
const name = nameRoutes(routes, ["crest.svg", "guide/passkey.png"]);

describe("a route is named", () => {
  test.each([
    ["/", "/"],
    ["/sign-in", "/sign-in"],
    ["/sign-in/", "/sign-in"],
    ["/activate/confirm", "/activate/confirm"],
    ["/activate/c2VjcmV0", "/activate/[token]"],
    ["/helpdesk/accounts/019a/cases/7", "/helpdesk/accounts/[id]/cases/[caseId]"],
    ["/_next/static/chunks/a.js", "static"],
    ["/crest.svg", "file"],
    ["/nothing/at/all", "/[...missing]"],
    ["/api/metrics", "/api/metrics"],
    ["/oidc/token", "/oidc/token"],
    ["/oidc/auth/k3J9", "/oidc/auth/[uid]"],
    ["/oidc/.well-known/openid-configuration", "/oidc/.well-known"],
  ])("%s is %s", (path, route) => expect(name(path)).toBe(route));

  test("as none where the build has no page for the rest", () => expect(nameRoutes(["/"], [])("/x")).toBe(NO_PAGE));

  test("out of a set that no request can make larger", () => {
    const asked = Array.from({ length: 500 }, (_, n) => [
      `/sign-in/${n}`,
      `/${n}`,
      `/activate/${n}`,
      `/oidc/${n}`,
      `/oidc/.well-known/a${n}`,
      `/_next/static/${n}`,
      `/900101010000-${n}`,
      `/toString/${n}`,
      "/constructor",
    ]).flat();
    const names = new Set(asked.map(name));
    expect([...names].sort()).toEqual(
      ["/activate/[token]", "/oidc/*", "/oidc/.well-known", "/[...missing]", "static"].sort(),
    );
  });
});
