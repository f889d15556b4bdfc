import { createHash } from "node:crypto";
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from "jose";
import * as client from "openid-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { basicOp } from "#lib/testing/basic-op.ts";

let at: Awaited<ReturnType<typeof basicOp>>;
beforeAll(async () => {
  at = await basicOp();
});
afterAll(() => at.op[Symbol.asyncDispose]());

test("a code flow ends with an ID token of the issuer, for the client, with nonce and sid", async () => {
  const { landed, checks } = await at.op.code(at.system, at.as);
  expect(landed.location?.searchParams.get("iss"), "RFC 9207").toBe(at.op.issuer);
  const tokens = await client.authorizationCodeGrant(at.system.config, landed.location as URL, checks);
  expect(tokens).toMatchObject({ token_type: "bearer", expires_in: expect.any(Number) });
  expect(tokens.claims()).toMatchObject({
    iss: at.op.issuer,
    aud: at.system.clientId,
    nonce: checks.expectedNonce,
    sub: expect.stringMatching(/^.{16,255}$/),
    sid: expect.any(String),
    acr: "urn:kunci:aal1",
    amr: ["pwd"],
    auth_time: Math.floor(at.world.now().getTime() / 1_000),
  });
});

test("the answer that carries tokens is kept by nobody on its way", async () => {
  const { landed, checks } = await at.op.code(at.system, at.as);
  const answer = await fetch(`${at.op.issuer}/token`, {
    method: "POST",
    headers: {
      authorization: `Basic ${Buffer.from(`${at.system.clientId}:${at.system.clientSecret}`).toString("base64")}`,
    },
    body: new URLSearchParams({
      grant_type: "authorization_code",
      code: landed.location?.searchParams.get("code") ?? "",
      redirect_uri: at.system.redirectUris[0] ?? "",
      code_verifier: checks.pkceCodeVerifier,
    }),
  });
  expect(answer.status).toBe(200);
  expect(answer.headers.get("cache-control")).toContain("no-store");
});

test("ID tokens are signed by a published key, which their header names", async () => {
  const { tokens } = await at.told();
  const idToken = tokens.id_token ?? "";
  const { alg, kid } = decodeProtectedHeader(idToken);
  expect(alg).toBe("RS256");
  const published = (await (await fetch(`${at.op.issuer}/jwks`)).json()) as { keys: { kid: string; d?: string }[] };
  expect(published.keys.map((key) => key.kid)).toContain(kid);
  expect(
    published.keys.some(({ d }) => d !== undefined),
    "no private part",
  ).toBe(false);
  const keys = createRemoteJWKSet(new URL(`${at.op.issuer}/jwks`));
  await jwtVerify(idToken, keys, { issuer: at.op.issuer, audience: at.system.clientId });
});

test("a client may have its ID tokens signed with ES256, whose keys are published too", async () => {
  const system = await at.op.system({ idTokenAlg: "ES256" });
  const { tokens } = await at.told({}, system);
  expect(decodeProtectedHeader(tokens.id_token ?? "").alg).toBe("ES256");
  await jwtVerify(tokens.id_token ?? "", createRemoteJWKSet(new URL(`${at.op.issuer}/jwks`)));
});

test("an ID token without signature can neither be registered nor is it offered", async () => {
  const { id_token_signing_alg_values_supported: algorithms } = at.system.config.serverMetadata();
  expect(algorithms).not.toContain("none");
  const unsigned = await at.op.system({ idTokenAlg: "none" as "RS256" });
  const { landed } = await at.op.code(unsigned, at.as);
  expect([landed.status, landed.location]).toEqual([400, null]);
  expect(at.op.faults.splice(0)).toEqual([
    expect.objectContaining({ message: expect.stringContaining("cannot be used") }),
  ]);
});

test("without a nonce in the request there is none in the ID token", async () => {
  const verifier = client.randomPKCECodeVerifier();
  const state = client.randomState();
  const url = client.buildAuthorizationUrl(at.system.config, {
    redirect_uri: at.system.redirectUris[0] ?? "",
    scope: "openid",
    state,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
  });
  const landed = await at.op.ask(url, { as: at.as });
  const tokens = await client.authorizationCodeGrant(at.system.config, landed.location as URL, {
    expectedState: state,
    pkceCodeVerifier: verifier,
    idTokenExpected: true,
  });
  expect(tokens.claims()?.nonce).toBeUndefined();
});

test("a request with a code challenge succeeds with its verifier, and with no other", async () => {
  const { landed, checks } = await at.op.code(at.system, at.as);
  const challenge = landed.location && createHash("sha256").update(checks.pkceCodeVerifier).digest("base64url");
  expect(challenge).toBeTruthy();
  await expect(
    client.authorizationCodeGrant(at.system.config, landed.location as URL, {
      ...checks,
      pkceCodeVerifier: client.randomPKCECodeVerifier(),
    }),
  ).rejects.toMatchObject({ error: "invalid_grant" });
  const again = await at.op.signIn(at.system, at.as);
  expect(again.access_token).toBeTruthy();
});

test("a client that sends its secret in the body is let in by it, where it is registered so", async () => {
  const system = await at.op.system({ authMethod: "client_secret_post" }, client.ClientSecretPost);
  expect((await at.told({}, system)).claims.aud).toBe(system.clientId);
});

test("a refresh token brings fresh tokens of the same person, and is replaced", async () => {
  const { tokens, claims } = await at.told();
  const fresh = await client.refreshTokenGrant(at.system.config, tokens.refresh_token ?? "");
  expect(fresh.claims()).toMatchObject({ sub: claims.sub, aud: claims.aud, iss: claims.iss });
  expect(fresh.access_token).not.toBe(tokens.access_token);
  expect(fresh.refresh_token).not.toBe(tokens.refresh_token);
});
