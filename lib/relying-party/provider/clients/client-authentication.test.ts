import { createPublicKey, generateKeyPairSync, randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import * as client from "openid-client";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { relyingParty, relyingPartySecret } from "#db/schema/relying-party.ts";
import { digest } from "#lib/kernel/digest.ts";
import { after, days, minutes } from "#lib/kernel/time.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { type OidcAtWork, oidcAtWork, type System } from "#lib/testing/oidc-at-work.ts";
import { addRelyingParty } from "#lib/testing/relying-party.ts";
import { relyingPartyKeys, signJwt } from "#lib/testing/sign-jwt.ts";
import { lookAtRegistrations } from "./registrations.ts";

const JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const keys = relyingPartyKeys();

let world: World;
let at: OidcAtWork;
const fetched: string[] = [];
const published = new Map<string, () => Response>();
beforeEach(async () => {
  world = await newWorld();
  fetched.length = 0;
  published.clear();
  const fetch = async (url: unknown) => {
    fetched.push(String(url));
    const answer = published.get(String(url));
    if (!answer) throw new TypeError("private_address");
    return answer();
  };
  at = await oidcAtWork(world, { fetch: fetch as typeof globalThis.fetch });
});
afterEach(() => at[Symbol.asyncDispose]());

/** Whether somebody is taken for a system: the code they bring is nobody's, which only a system is told. */
async function tries(form: Record<string, string>, headers: Record<string, string> = {}, ip = "192.0.2.1") {
  const answer = await at.ask("/oidc/token", {
    form: { grant_type: "authorization_code", code: "x".repeat(43), redirect_uri: "https://example.org/", ...form },
    headers: { accept: "application/json", "x-kunci-ip": ip, ...headers },
  });
  return {
    status: answer.status,
    error: JSON.parse(answer.body).error as string,
    after: answer.headers.get("retry-after"),
  };
}
const TAKEN = { status: 400, error: "invalid_grant" };
const REFUSED = { status: 401, error: "invalid_client" };
const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`,
});

test("a system that another instance has just registered is known at once, one that is disabled is not found again", async () => {
  const { id, clientId, clientSecret } = await addRelyingParty(at.ctx);
  expect(await tries({}, basic(clientId, clientSecret))).toMatchObject(TAKEN);
  await world.db.update(relyingParty).set({ disabledAt: world.now() }).where(eq(relyingParty.id, id));
  await lookAtRegistrations(at.ctx);
  expect(await tries({}, basic(clientId, clientSecret))).toMatchObject(REFUSED);
});

test("a system that is refused is told of to whoever looks for why it does not get in, by its id and never by its secret", async () => {
  const { clientId } = await at.system();
  await tries({}, basic(clientId, "wrong-secret"));
  await tries({}, basic("nobody", "wrong-secret"));
  const line = { path: "/token", error: "invalid_client", description: "client authentication failed" };
  expect(at.refusals).toMatchObject([
    { ...line, client: clientId },
    { ...line, client: null },
  ]);
  expect(JSON.stringify(at.refusals)).not.toContain("wrong-secret");
});

describe("a secret", () => {
  test("is taken the way that was registered, in a header or in the form; another is not", async () => {
    const system = await at.system();
    const { clientId, clientSecret } = system;
    expect(await tries({}, basic(clientId, clientSecret))).toMatchObject(TAKEN);
    expect(await tries({ client_id: clientId, client_secret: clientSecret })).toMatchObject(TAKEN);
    expect(await tries({}, basic(clientId, `${clientSecret}x`))).toMatchObject(REFUSED);
    expect(await tries({}, basic(clientId, digest(clientSecret)))).toMatchObject(REFUSED);
    expect(await tries({}, basic(clientId, "kept-as-a-digest-and-never-compared-with-this"))).toMatchObject(REFUSED);
    expect(await tries({ client_id: clientId })).toMatchObject(REFUSED);
    expect(await tries({}, basic("sistem-lain", clientSecret))).toMatchObject(REFUSED);
  });

  test("that is brought in two ways, or twice, or as no one writes it, is malformed", async () => {
    const { clientId, clientSecret } = await at.system();
    const both = await tries({ client_id: clientId, client_secret: clientSecret }, basic(clientId, clientSecret));
    expect(both).toMatchObject({ status: 400, error: "invalid_request" });
    for (const authorization of [
      "Basic",
      "Basic !",
      "Basic YQ==",
      "Bearer x",
      `Basic ${Buffer.from("%:%").toString("base64")}`,
    ])
      expect(await tries({}, { authorization })).toMatchObject({ status: 400, error: "invalid_request" });
  });

  test("is one of two that overlap while one replaces the other, until the older one’s end", async () => {
    const system = await at.system();
    const younger = "a-younger-secret-of-many-bits";
    await world.db.update(relyingPartySecret).set({ expiresAt: after(world.now(), days(7)) });
    await world.db
      .insert(relyingPartySecret)
      .values({ id: randomUUID(), relyingPartyId: system.id, digest: digest(younger), createdAt: world.now() });
    expect(await tries({}, basic(system.clientId, younger)), "whichever instance it was made on").toMatchObject(TAKEN);
    expect(await tries({}, basic(system.clientId, system.clientSecret))).toMatchObject(TAKEN);
    world.moveClock(days(7));
    expect(await tries({}, basic(system.clientId, system.clientSecret))).toMatchObject(REFUSED);
    expect(await tries({}, basic(system.clientId, younger))).toMatchObject(TAKEN);
  });
});

describe("an assertion", () => {
  let system: System;
  beforeEach(async () => {
    const jwk = keys.privateKey.export({ format: "jwk" });
    const key = await crypto.subtle.importKey("jwk", jwk, { name: "ECDSA", namedCurve: "P-256" }, false, ["sign"]);
    const proving = () => client.PrivateKeyJwt({ key, kid: "kunci-sistem" });
    system = await at.system({ authMethod: "private_key_jwt", jwks: keys.jwks }, proving);
  });
  const now = () => Math.floor(world.now().getTime() / 1_000);
  const says = (more: object = {}) => ({
    iss: system.clientId,
    sub: system.clientId,
    aud: at.issuer,
    jti: randomUUID(),
    iat: now(),
    exp: now() + 60,
    ...more,
  });
  const bring = (assertion: string, type = JWT_BEARER) =>
    tries({ client_assertion: assertion, client_assertion_type: type });
  const header = { alg: "ES256", kid: "kunci-sistem" };

  test.each(["", "/token"])("for the issuer%s, signed with a registered key, is taken", async (path) => {
    expect(await bring(signJwt(header, says({ aud: `${at.issuer}${path}` }), keys.privateKey))).toMatchObject(TAKEN);
  });

  test("is taken once", async () => {
    const assertion = signJwt(header, says(), keys.privateKey);
    expect(await bring(assertion)).toMatchObject(TAKEN);
    expect(await bring(assertion)).toMatchObject(REFUSED);
  });

  test("of ten that are the same and come at once is taken once", async () => {
    const assertion = signJwt(header, says(), keys.privateKey);
    const answers = await Promise.all(Array.from({ length: 10 }, () => bring(assertion)));
    expect(answers.filter(({ error }) => error === "invalid_grant")).toHaveLength(1);
  });

  const stranger = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
  const publicText = () => String(createPublicKey(keys.privateKey).export({ type: "spki", format: "pem" }));
  test.each<[string, () => string]>([
    ["unsigned", () => signJwt({ alg: "none" }, says(), null)],
    ["signed with nothing, as if it were", () => signJwt(header, says(), null)],
    [
      "signed HS256 with the public key as the secret",
      () => signJwt({ ...header, alg: "HS256" }, says(), publicText()),
    ],
    [
      "signed HS256 with the public key set as the secret",
      () => signJwt({ ...header, alg: "HS256" }, says(), JSON.stringify(keys.jwks)),
    ],
    ["signed by a stranger", () => signJwt(header, says(), stranger)],
    [
      "for another audience",
      () => signJwt(header, says({ aud: "https://kunci.lain.example.gov.my/oidc" }), keys.privateKey),
    ],
    ["for no audience", () => signJwt(header, says({ aud: undefined }), keys.privateKey)],
    [
      "by another clock, 70 seconds ahead",
      () => signJwt(header, says({ iat: now() + 70, exp: now() + 130 }), keys.privateKey),
    ],
    ["that counts from 70 seconds hence", () => signJwt(header, says({ nbf: now() + 70 }), keys.privateKey)],
    ["that ended 20 seconds ago", () => signJwt(header, says({ exp: now() - 20 }), keys.privateKey)],
    ["that never ends", () => signJwt(header, says({ exp: undefined }), keys.privateKey)],
    ["that lives for a day", () => signJwt(header, says({ exp: now() + 86_400 }), keys.privateKey)],
    ["without an id", () => signJwt(header, says({ jti: undefined }), keys.privateKey)],
    ["in somebody else’s name", () => signJwt(header, says({ iss: "sistem-lain" }), keys.privateKey)],
  ])("%s is refused", async (_, assertion) => {
    expect(await bring(assertion())).toMatchObject(REFUSED);
  });

  test("that is none is malformed, and so is another kind", async () => {
    for (const assertion of ["x", "a.b.c", "", "..", `${"a".repeat(2_000)}.b.c`])
      expect((await bring(assertion)).status).toBeGreaterThanOrEqual(400);
    expect(await bring(signJwt(header, says(), keys.privateKey), "urn:other")).toMatchObject({ status: 400 });
  });

  test("does not let a secret in beside it", async () => {
    expect(await tries({}, basic(system.clientId, system.clientSecret))).toMatchObject(REFUSED);
  });

  test("is checked by the keys where the system says they are, and only by what may be fetched", async () => {
    const jwksUri = "https://cuti.contoh.example.gov.my/jwks.json";
    system = await at.system({ authMethod: "private_key_jwt", jwksUri });
    expect(await bring(signJwt(header, says(), keys.privateKey))).toMatchObject(REFUSED);
    published.set(jwksUri, () => Response.json(keys.jwks));
    expect(await bring(signJwt(header, says(), keys.privateKey))).toMatchObject(TAKEN);
    expect(await bring(signJwt(header, says(), keys.privateKey))).toMatchObject(TAKEN);
    expect(fetched).toEqual([jwksUri, jwksUri]);
  });

  test("carries a whole sign-in", async () => {
    const ada = await world.as(await world.account({ staffConfirmed: true }));
    const tokens = await at.signIn(system, ada);
    expect((await client.refreshTokenGrant(system.config, tokens.refresh_token ?? "")).access_token).toBeTruthy();
  });
});

test("whoever fails to be a system twenty times a minute from one address waits; others do not, and nor do systems before", async () => {
  const { clientId, clientSecret } = await at.system();
  for (let i = 0; i < 30; i++) expect(await tries({}, basic(clientId, clientSecret))).toMatchObject(TAKEN);
  const wrong = await Promise.all(Array.from({ length: 30 }, () => tries({}, basic(clientId, "wrong"))));
  expect(wrong.filter(({ status }) => status === 401)).toHaveLength(20);
  const waiting = wrong.filter(({ status }) => status === 429);
  expect(waiting).toHaveLength(10);
  for (const { after: seconds } of waiting) expect(Number(seconds)).toBeGreaterThan(0);
  expect((await tries({}, basic(clientId, clientSecret))).status).toBe(429);
  expect(await tries({}, basic(clientId, clientSecret), "192.0.2.2")).toMatchObject(TAKEN);
  world.moveClock(minutes(1));
  expect(await tries({}, basic(clientId, clientSecret))).toMatchObject(TAKEN);
});
