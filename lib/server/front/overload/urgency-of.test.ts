import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { form } from "#lib/testing/front-at-work.ts";
import { urgencyOf } from "./urgency-of.ts";

type Asked = { method?: string; path: string; cookie?: string; body?: string; byItself?: boolean; inner?: boolean };

function urgencyFor({ method = "GET", path, cookie, body, byItself, inner = false }: Asked) {
  const headers = { ...(cookie && { cookie }), ...(byItself && { "x-kunci-by-itself": "1" }) };
  const visit = {
    appearance: "device" as const,
    id: "1",
    ip: "127.0.0.1",
    nonce: "n",
    target: path,
    path,
    inner,
    ...(body && { body: Buffer.from(body) }),
  };
  return urgencyOf({ method, url: path, headers } as IncomingMessage, visit, {
    session: "kunci-session",
    method: "kunci-method",
  });
}
const SIGNED = "kunci-device=abc; kunci-session=secret";
const credential = (name: string) => form([[name, "{}"]]);

test.each<[string, Asked]>([
  ["monitoring", { path: "/api/health" }],
  ["monitoring of another kind", { path: "/api/metrics" }],
  ["a file of the build", { path: "/_next/static/chunks/a.js" }],
  ["the keys that systems check by", { path: "/oidc/jwks" }],
  ["what the portal asks itself for a request that was let in", { path: "/home", inner: true }],
])("%s is never put off", (_, asked) => {
  expect(urgencyFor(asked)).toBeNull();
});

test.each<[string, Asked, string]>([
  ["the challenge of a passkey", { method: "POST", path: "/api/passkey/options", body: "{}" }, "passkey"],
  ["its answer", { method: "POST", path: "/sign-in", body: credential("credential") }, "passkey"],
  ["its answer by script", { method: "POST", path: "/sign-in/method", body: credential("_1_credential") }, "passkey"],
  ["the page of who came with one", { path: "/sign-in/method", cookie: "kunci-method=passkey" }, "passkey"],
  [
    "the number of who came with another device",
    { method: "POST", path: "/sign-in", cookie: "kunci-method=otherDevice" },
    "passkey",
  ],
  ["the number of anybody else", { method: "POST", path: "/sign-in", body: form([["identityNumber", "1"]]) }, "begin"],
  [
    "a field that only ends like it",
    { method: "POST", path: "/sign-in", body: form([["notcredential", "1"]]) },
    "begin",
  ],
  [
    "a credential anywhere else",
    { method: "POST", path: "/settings/passkeys", body: credential("credential") },
    "finish",
  ],
  ["what is posted to a probe", { method: "POST", path: "/api/ready", body: "{}" }, "finish"],
  ["asking for a letter", { method: "POST", path: "/activate" }, "begin"],
  ["a password", { method: "POST", path: "/sign-in/password" }, "finish"],
  ["a registration", { method: "POST", path: "/register" }, "finish"],
  ["a file of an officer's", { method: "POST", path: "/api/staff-register", cookie: SIGNED }, "finish"],
  ["a code that a system changes for tokens", { method: "POST", path: "/oidc/token" }, "finish"],
  ["what a system asks about somebody", { path: "/oidc/me" }, "finish"],
  ["an officer's page", { path: "/helpdesk/accounts/1", cookie: SIGNED }, "finish"],
  ["an officer's page, by nobody", { path: "/admin" }, "begin"],
  ["a page of somebody signed in", { path: "/home", cookie: SIGNED }, "page"],
  ["a page that only looks like an officer's", { path: "/administration", cookie: SIGNED }, "page"],
  ["a step of a journey", { path: "/sign-in/password" }, "page"],
  ["where a mailed link ends a sign-in", { path: "/undo" }, "page"],
  ["where a mailed link locks the account", { path: "/lock" }, "page"],
  ["where a code for another factor is typed", { path: "/enrol" }, "page"],
  ["a page that only looks like it", { path: "/lockers" }, "begin"],
  ["where a letter is asked for", { path: "/recover" }, "begin"],
  ["the way from a system", { path: "/oidc/auth" }, "page"],
  ["a page for anybody", { path: "/register" }, "begin"],
  ["a page that looks again by itself", { path: "/home", cookie: SIGNED, byItself: true }, "by_itself"],
])("%s is as urgent as that", (_, asked, urgency) => {
  expect(urgencyFor(asked)).toBe(urgency);
});
