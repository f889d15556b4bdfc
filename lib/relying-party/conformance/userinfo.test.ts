import { afterAll, beforeAll, expect, test } from "vitest";
import { basicOp } from "#lib/testing/basic-op.ts";

let at: Awaited<ReturnType<typeof basicOp>>;
let token: string;
let subject: string;
beforeAll(async () => {
  at = await basicOp();
  const { tokens, claims } = await at.told();
  token = tokens.access_token;
  subject = claims.sub;
});
afterAll(() => at.op[Symbol.asyncDispose]());

const ask = async (init: RequestInit) => {
  const answer = await fetch(`${at.op.issuer}/me`, init).then((one) =>
    one.status === 404 ? fetch(at.system.config.serverMetadata().userinfo_endpoint ?? "", init) : one,
  );
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};

test("userinfo answers GET with the access token in the header", async () => {
  const { status, body } = await ask({ headers: { authorization: `Bearer ${token}` } });
  expect(status).toBe(200);
  expect(body).toMatchObject({ sub: subject, name: "Ada binti Contoh" });
});

test("userinfo answers POST with the access token in the header", async () => {
  const { status, body } = await ask({ method: "POST", headers: { authorization: `Bearer ${token}` } });
  expect(status).toBe(200);
  expect(body.sub).toBe(subject);
});

test("userinfo answers POST with the access token in the body", async () => {
  const { status, body } = await ask({ method: "POST", body: new URLSearchParams({ access_token: token }) });
  expect(status).toBe(200);
  expect(body.sub).toBe(subject);
});

test("userinfo takes no token from an address, and none that it did not issue", async () => {
  const address = at.system.config.serverMetadata().userinfo_endpoint;
  expect((await fetch(`${address}?access_token=${token}`)).status).toBe(400);
  expect((await ask({ headers: { authorization: "Bearer somebody-elses" } })).status).toBe(401);
});

test("the scope profile tells name and office, and nothing of the mailbox", async () => {
  const { userinfo } = await at.told({ scope: "openid profile" });
  expect(userinfo).toEqual({
    sub: subject,
    name: "Ada binti Contoh",
    office: { code: "0101", name: "Ibu Pejabat" },
  });
});

test("the scope email tells the official mailbox, and that it is verified", async () => {
  const { userinfo } = await at.told({ scope: "openid email" });
  expect(userinfo).toEqual({ sub: subject, email: at.ada.officialEmail, email_verified: true });
});

test("the scope address, which is not supported, changes nothing", async () => {
  expect(at.system.config.serverMetadata().scopes_supported).not.toContain("address");
  expect((await at.told({ scope: "openid address" })).userinfo).toEqual({ sub: subject });
});

test("the scope phone, which is not supported, changes nothing", async () => {
  expect(at.system.config.serverMetadata().scopes_supported).not.toContain("phone");
  expect((await at.told({ scope: "openid phone" })).userinfo).toEqual({ sub: subject });
});

test("all scopes together tell everything there is, and the identity number is nowhere", async () => {
  const { userinfo, claims } = await at.told({ scope: "openid profile email address phone roles" });
  expect(Object.keys(userinfo).sort()).toEqual(["email", "email_verified", "kunci_roles", "name", "office", "sub"]);
  expect(JSON.stringify({ userinfo, claims })).not.toContain(at.ada.identity.number);
});

test("scopes may stand in any order", async () => {
  const { userinfo } = await at.told({ scope: "email openid" });
  expect(userinfo).toMatchObject({ sub: subject, email: at.ada.officialEmail });
});

test("an essential claim is told without its scope", async () => {
  const { userinfo } = await at.told({
    scope: "openid",
    claims: JSON.stringify({ userinfo: { name: { essential: true } } }),
  });
  expect(userinfo).toEqual({ sub: subject, name: "Ada binti Contoh" });
});
