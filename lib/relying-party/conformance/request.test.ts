import * as client from "openid-client";
import { fetchUserInfo } from "openid-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hours, seconds } from "#lib/kernel/time.ts";
import { basicOp } from "#lib/testing/basic-op.ts";

let at: Awaited<ReturnType<typeof basicOp>>;
beforeAll(async () => {
  at = await basicOp();
});
afterAll(() => at.op[Symbol.asyncDispose]());

/** Where a request leads somebody who is signed in, or nobody. */
const lead = async (params: Record<string, string>, as: typeof at.as | null = at.as) => {
  const { url, checks } = await at.op.beginning(at.system, params);
  const landed = await at.op.ask(url, as ? { as } : {});
  return { ...landed, url, checks };
};
const isAsked = ({ location }: { location: URL | null }) => location?.pathname.startsWith("/interaction/") ?? false;

test("a request without response_type is refused", async () => {
  const { url } = await at.op.beginning(at.system);
  url.searchParams.delete("response_type");
  const { location, status } = await at.op.ask(url, { as: at.as });
  expect([status, location?.searchParams.get("error")]).toEqual([303, "invalid_request"]);
  expect(location?.searchParams.has("code")).toBe(false);
});

test.each(["page", "popup"])("display=%s asks for nothing that the pages are not already", async (display) => {
  expect((await at.told({ display })).claims.sub).toBeTruthy();
});

test("prompt=login asks again although somebody is signed in, and auth_time is when they proved it again", async () => {
  const by = await at.world.as(at.ada, ["password"]);
  await at.provenAgo(by, ["password"], hours(1));
  const first = await at.told({}, at.system, by);
  const begun = await lead({ prompt: "login" }, by);
  expect(isAsked(begun)).toBe(true);
  // What the interaction's page does: the same session proves it once more, and the request is resumed.
  at.world.moveClock(seconds(2));
  await at.provenAgo(by, ["password"], seconds(0));
  const uid = begun.location?.pathname.split("/").at(-1);
  const resumed = await at.op.ask(`/oidc/auth/${uid}`, { as: by, cookies: begun.cookies });
  const tokens = await client.authorizationCodeGrant(at.system.config, resumed.location as URL, begun.checks);
  expect(tokens.claims()?.sub).toBe(first.claims.sub);
  expect(tokens.claims()?.auth_time).toBeGreaterThan(first.claims.auth_time as number);
});

test("prompt=none without anybody signed in answers login_required, and shows no page", async () => {
  const { location } = await lead({ prompt: "none" }, null);
  expect(location?.searchParams.get("error")).toBe("login_required");
  expect(location?.origin).toBe(new URL(at.system.redirectUris[0] ?? "").origin);
});

test("prompt=none with somebody signed in answers with the same person and the same auth_time", async () => {
  const first = await at.told();
  const second = await at.told({ prompt: "none" });
  expect(second.claims).toMatchObject({ sub: first.claims.sub, auth_time: first.claims.auth_time });
});

test("max_age=1 asks again whoever proved it earlier", async () => {
  const by = await at.world.as(at.ada, ["password"]);
  await at.provenAgo(by, ["password"], seconds(5));
  expect(isAsked(await lead({ max_age: "1" }, by))).toBe(true);
  await at.provenAgo(by, ["password"], seconds(0));
  expect((await at.told({ max_age: "10" }, at.system, by)).claims.auth_time).toEqual(expect.any(Number));
});

test("max_age=10000 asks nobody who has proven it since, and tells when that was", async () => {
  const by = await at.world.as(at.ada, ["password"]);
  await at.provenAgo(by, ["password"], hours(1));
  const first = await at.told({}, at.system, by);
  const second = await at.told({ max_age: "10000" }, at.system, by);
  expect(second.claims.auth_time).toBe(first.claims.auth_time);
});

test("parameters that nobody knows are ignored", async () => {
  expect((await at.told({ extra: "foobar" })).claims.sub).toBeTruthy();
});

test("an ID token as hint, with prompt=none, answers with its owner", async () => {
  const { claims, tokens } = await at.told();
  const second = await at.told({ prompt: "none", id_token_hint: tokens.id_token ?? "" });
  expect(second.claims.sub).toBe(claims.sub);
  const other = await at.world.as(await at.world.account({ staffConfirmed: true }), ["password"]);
  const elsewhere = await lead({ prompt: "none", id_token_hint: tokens.id_token ?? "" }, other);
  expect(elsewhere.location?.searchParams.get("error")).toBe("login_required");
});

test("a login_hint is let be", async () => {
  expect((await at.told({ login_hint: "ada@contoh.example.gov.my" })).claims.sub).toBeTruthy();
});

test("ui_locales are taken, known or not", async () => {
  expect((await at.told({ ui_locales: "se en" })).claims.sub).toBeTruthy();
});

test("claims_locales are taken, known or not", async () => {
  expect((await at.told({ claims_locales: "se" })).claims.sub).toBeTruthy();
});

test("acr values that nobody knows ask for nothing, where they are not essential", async () => {
  const { claims } = await at.told({ acr_values: "1 2" });
  expect(claims.acr).toBe("urn:kunci:aal1");
});

test("a request may come as a form", async () => {
  const { url, checks } = await at.op.beginning(at.system);
  const form = Object.fromEntries(url.searchParams);
  // From another site, without the portal's cookie, which the browser brings to where it is led.
  const led = await at.op.ask(url.pathname, { form });
  expect(led.status).toBe(303);
  const landed = await at.op.ask(led.location as URL, { as: at.as });
  const tokens = await client.authorizationCodeGrant(at.system.config, landed.location as URL, checks);
  expect((await fetchUserInfo(at.system.config, tokens.access_token, tokens.claims()?.sub ?? "")).sub).toBeTruthy();
});

test("an address that is not registered gets an error page, and nobody is led there", async () => {
  const { url } = await at.op.beginning(at.system, { redirect_uri: "https://lain.contoh.example.gov.my/callback" });
  const { status, location, body } = await at.op.ask(url, { as: at.as });
  expect([status, location]).toEqual([400, null]);
  expect(body).toContain("<html");
});

test.each([
  ["request", "request_not_supported"],
  ["request_uri", "request_uri_not_supported"],
])("a request object by %s is said not to be supported", async (parameter, error) => {
  const metadata = at.system.config.serverMetadata();
  expect(metadata[`${parameter}_parameter_supported`] ?? false).toBe(false);
  const unsigned = `${Buffer.from('{"alg":"none"}').toString("base64url")}.e30.`;
  const value = parameter === "request" ? unsigned : "https://cuti.contoh.example.gov.my/request.jwt";
  const { location, status } = await lead({ [parameter]: value });
  expect(location?.searchParams.get("error") ?? `a page, ${status}`).toBe(error);
});
