import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { newWorld, type SignedIn, type World } from "#lib/testing/new-world.ts";
import { type OidcAtWork, oidcAtWork, REDIRECT_URI, type System } from "#lib/testing/oidc-at-work.ts";
import { lookAtRegistrations } from "../clients/registrations.ts";

let world: World;
let at: OidcAtWork;
let system: System;
let browser: SignedIn;
beforeEach(async () => {
  world = await newWorld();
  at = await oidcAtWork(world);
  system = await at.system({ redirectUris: [REDIRECT_URI, "https://cuti.contoh.example.gov.my/callback/2"] });
  browser = await world.as(await world.account({ staffConfirmed: true }), ["password", "totp"]);
});
afterEach(() => at[Symbol.asyncDispose]());

const asks = async (change: (params: URLSearchParams) => void) => {
  const { url } = await at.beginning(system);
  change(url.searchParams);
  return at.ask(url, { as: browser });
};
const wasToldNothing = (landed: Awaited<ReturnType<OidcAtWork["ask"]>>) => {
  expect(landed.location).toBeNull();
  expect(landed.status).toBeGreaterThanOrEqual(400);
  expect(landed.status).toBeLessThan(500);
  expect(landed.headers.get("content-type")).toMatch(/^text\/html/);
};

describe("an address to return to that is not the registered one, to the letter", () => {
  test.each([
    ["with more path", `${REDIRECT_URI}/more`],
    ["with another port", "https://cuti.contoh.example.gov.my:8443/callback"],
    ["with its port said", "https://cuti.contoh.example.gov.my:443/callback"],
    ["with a query", `${REDIRECT_URI}?next=1`],
    ["with its host in capitals", "https://CUTI.contoh.example.gov.my/callback"],
    ["with a fragment", `${REDIRECT_URI}#x`],
    ["with another scheme", "http://cuti.contoh.example.gov.my/callback"],
    ["of another host", "https://cuti.contoh.example.gov.my.example.org/callback"],
    ["with somebody’s name in it", "https://x@cuti.contoh.example.gov.my/callback"],
    ["with steps", "https://cuti.contoh.example.gov.my/callback/../callback"],
    ["that is none", "javascript:alert(1)"],
    ["that is empty", ""],
  ])("%s is not gone to", async (_, address) => {
    const landed = await asks((params) => params.set("redirect_uri", address));
    wasToldNothing(landed);
    expect(landed.body).toMatch(/tidak didaftarkan|tidak dapat diteruskan/);
  });

  test("that is missing is not guessed, even where one alone is registered", async () => {
    wasToldNothing(await asks((params) => params.delete("redirect_uri")));
    system = await at.system();
    wasToldNothing(await asks((params) => params.delete("redirect_uri")));
  });

  test("that comes twice is none, even where both are right", async () => {
    wasToldNothing(await asks((params) => params.append("redirect_uri", REDIRECT_URI)));
    wasToldNothing(await asks((params) => params.append("redirect_uri", "https://example.org/")));
  });

  test("is said to the person in both languages, and to the system’s owner by its name", async () => {
    const { body } = await asks((params) => params.set("redirect_uri", "https://example.org/<script>"));
    expect(body).toContain("Alamat kembali itu tidak didaftarkan");
    expect(body).toContain("That return address is not registered");
    expect(body).toContain("Cuti dan Kehadiran");
    expect(body).toContain("invalid_redirect_uri");
    expect(body).not.toContain("<script>");
  });
});

describe("a system that is not known", () => {
  test.each([
    ["of no name", ""],
    ["of any other name", "sistem-lain"],
    ["with a byte of nothing in its name", "a\0b"],
  ])("%s is told nothing, and the person that it is not known", async (_, clientId) => {
    const landed = await asks((params) => params.set("client_id", clientId));
    wasToldNothing(landed);
  });

  test("is one that was disabled, from the moment it was", async () => {
    await world.db.$client.query("update relying_party set disabled_at = $1", [world.now()]);
    const early = await asks(() => undefined);
    expect(early.location?.pathname).toMatch(/^\/interaction\//);
    await lookAtRegistrations(at.ctx);
    const landed = await asks(() => undefined);
    wasToldNothing(landed);
    expect(landed.body).toContain("Sistem itu tidak dikenali");
  });
});

describe("what a known system asks wrongly", () => {
  test.each<[string, string, (params: URLSearchParams) => void]>([
    [
      "without PKCE",
      "invalid_request",
      (p) => {
        p.delete("code_challenge");
        p.delete("code_challenge_method");
      },
    ],
    ["with a method and no challenge", "invalid_request", (p) => p.delete("code_challenge")],
    ["with the plain method", "invalid_request", (p) => p.set("code_challenge_method", "plain")],
    ["with a challenge and no method", "invalid_request", (p) => p.delete("code_challenge_method")],
    ["with a challenge that is none", "invalid_request", (p) => p.set("code_challenge", "short")],
    ["for a token instead of a code", "unsupported_response_type", (p) => p.set("response_type", "token")],
    ["for an ID token instead of a code", "unsupported_response_type", (p) => p.set("response_type", "id_token")],
    ["with a parameter twice", "invalid_request", (p) => p.append("scope", "openid")],
    ["with claims that are no JSON", "invalid_request", (p) => p.set("claims", "{")],
    ["with claims that are a list", "invalid_request", (p) => p.set("claims", "[]")],
    ["with an age that is none", "invalid_request", (p) => p.set("max_age", "-1")],
    [
      "about somebody whose name is none",
      "invalid_request",
      (p) => p.set("claims", JSON.stringify({ id_token: { sub: { value: 5 } } })),
    ],
    ["with a prompt that nobody knows", "invalid_request", (p) => p.set("prompt", "dance")],
    ["with prompt none and another", "invalid_request", (p) => p.set("prompt", "none login")],
    ["with a request object", "request_not_supported", (p) => p.set("request", "x.y.z")],
    [
      "with a request somewhere else",
      "request_uri_not_supported",
      (p) => p.set("request_uri", "https://169.254.169.254/"),
    ],
    ["with a hint that is no token of ours", "invalid_request", (p) => p.set("id_token_hint", "x.y.z")],
    [
      "for a level that nobody knows and that must be",
      "unmet_authentication_requirements",
      (p) => p.set("claims", JSON.stringify({ id_token: { acr: { essential: true, value: "urn:other:loa3" } } })),
    ],
  ])("%s is told it at its address, with its state and by whom", async (_, error, change) => {
    const landed = await asks(change);
    expect(landed.location && landed.location.origin + landed.location.pathname).toBe(REDIRECT_URI);
    // To whom asked for a token it is told where tokens would be (OAuth 2.0 Multiple Response Types §5).
    const { searchParams, hash } = landed.location ?? new URL(REDIRECT_URI);
    const said = hash === "" ? searchParams : new URLSearchParams(hash.slice(1));
    expect(said?.get("error")).toBe(error);
    expect(said?.get("iss")).toBe(at.issuer);
    expect(said?.has("state")).toBe(true);
    expect(said?.has("code")).toBe(false);
  });

  test("asks nobody: what it names as a request or a key set elsewhere is fetched by nobody", async () => {
    expect(at.faults).toEqual([]);
  });
});

test("a form that is posted is as good as the same address, to which it leads", async () => {
  const { url } = await at.beginning(system);
  const led = await at.ask("/oidc/auth", { form: Object.fromEntries(url.searchParams) });
  const landed = await at.ask(led.location ?? "", { as: browser });
  expect(landed.location?.searchParams.has("code")).toBe(true);

  const whole = { ...Object.fromEntries(url.searchParams), claims: "x".repeat(8_000) };
  expect(await at.ask("/oidc/auth", { form: whole })).toMatchObject({ status: 413, location: null });
  const headers = { "content-type": "text/plain" };
  expect(await at.ask("/oidc/auth", { form: {}, headers })).toMatchObject({ status: 415, location: null });
});

test("a code that is to be posted comes in a form that leads to the system’s origin alone", async () => {
  const { url } = await at.beginning(system, { response_mode: "form_post" });
  const landed = await at.ask(url, { as: browser, headers: { "x-nonce": "abc" } });
  expect(landed.status).toBe(200);
  expect(landed.body).toMatch(/name="code" value="[\w-]+"/);
  expect(landed.body).toContain('<script nonce="abc">');
  expect(landed.body).toContain("Teruskan");
  expect(landed.headers.get("content-security-policy")).toContain("form-action https://cuti.contoh.example.gov.my;");
});

test("nobody is told of a sign-out that was none: the pages of oidc-provider’s own are not there", async () => {
  const of = new URLSearchParams({ client_id: system.clientId });
  for (const path of [`/oidc/session/end/success?${of}`, "/oidc/session/end/success/"]) {
    const landed = await at.ask(path, { as: browser });
    expect([landed.status, landed.body.includes(system.name)]).toEqual([404, false]);
  }
  expect((await at.ask("/oidc/session/end/confirm", { as: browser, form: { logout: "yes" } })).status).toBe(404);
});

test("a resource that is named is left out of account: access tokens open userinfo alone", async () => {
  const { landed } = await at.code(system, browser, { resource: "https://data.contoh.example.gov.my" });
  expect(landed.location?.searchParams.has("code")).toBe(true);
});

test("what is not there is said to be, in words to people and as data to systems", async () => {
  wasToldNothing(await at.ask("/oidc/nowhere", { as: browser }));
  const asked = await at.ask("/oidc/nowhere", { headers: { accept: "application/json" } });
  expect([asked.status, JSON.parse(asked.body)]).toEqual([404, { error: "not_found" }]);
});

test("discovery tells what there is, under the portal’s own name whatever a proxy says", async () => {
  const asked = await at.ask("/oidc/.well-known/openid-configuration", {
    headers: { "x-forwarded-proto": "gopher", accept: "application/json" },
  });
  const told = JSON.parse(asked.body) as Record<string, unknown>;
  expect(told).toMatchObject({
    issuer: at.issuer,
    token_endpoint: `${at.issuer}/token`,
    response_types_supported: ["code"],
    code_challenge_methods_supported: ["S256"],
    subject_types_supported: ["public", "pairwise"],
    scopes_supported: ["openid", "profile", "email", "roles"],
    acr_values_supported: ["urn:kunci:aal1", "urn:kunci:aal2", "urn:kunci:aal2:phr"],
    request_uri_parameter_supported: false,
    backchannel_logout_supported: true,
    backchannel_logout_session_supported: true,
    authorization_response_iss_parameter_supported: true,
    token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post", "private_key_jwt"],
    id_token_signing_alg_values_supported: expect.arrayContaining(["RS256", "PS256", "ES256"]),
  });
  expect(told.claims_supported).toEqual(
    expect.arrayContaining([
      "sub",
      "name",
      "email",
      "email_verified",
      "office",
      "kunci_roles",
      "acr",
      "amr",
      "auth_time",
      "sid",
    ]),
  );
  expect(asked.body).not.toContain("HS256");
});
