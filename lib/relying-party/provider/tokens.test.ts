import { sql } from "drizzle-orm";
import * as client from "openid-client";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { oidcRecord, relyingPartyRoleGrant, relyingPartySession } from "#db/schema/relying-party.ts";
import { hours, minutes, seconds } from "#lib/kernel/time.ts";
import { newWorld, type SignedIn, type World, type WorldAccount } from "#lib/testing/new-world.ts";
import { type OidcAtWork, oidcAtWork, REDIRECT_URI, type System } from "#lib/testing/oidc-at-work.ts";
import { addRelyingPartyRole } from "#lib/testing/relying-party.ts";

let world: World;
let at: OidcAtWork;
let system: System;
let ada: WorldAccount;
let browser: SignedIn;
beforeEach(async () => {
  world = await newWorld();
  at = await oidcAtWork(world);
  system = await at.system({ backchannelLogoutUri: "https://cuti.contoh.example.gov.my/logout" });
  ada = await world.account({ staffConfirmed: true });
  browser = await world.as(ada, ["password", "totp"]);
});
afterEach(() => at[Symbol.asyncDispose]());

const basic = (of: System) => ({
  authorization: `Basic ${Buffer.from(`${of.clientId}:${of.clientSecret}`).toString("base64")}`,
});

/** Posts to an endpoint as a system does by itself; what it is answered. */
async function post(path: string, form: Record<string, string>, of: System | null = system) {
  const answer = await at.ask(`/oidc${path}`, {
    form,
    headers: { accept: "application/json", ...(of ? basic(of) : {}) },
  });
  const said = JSON.parse(answer.body || "{}") as Record<string, unknown>;
  return { ...said, status: answer.status } as Record<string, unknown>;
}
const exchange = (code: string, verifier: string, more: Record<string, string> = {}, of = system) =>
  post(
    "/token",
    { grant_type: "authorization_code", code, code_verifier: verifier, redirect_uri: REDIRECT_URI, ...more },
    of,
  );
const refresh = (token: unknown, of = system) =>
  post("/token", { grant_type: "refresh_token", refresh_token: String(token) }, of);
const userinfo = (token: unknown) =>
  at
    .ask("/oidc/me", { headers: { authorization: `Bearer ${token}`, accept: "application/json" } })
    .then(({ status }) => status);

async function aCode() {
  const { code, checks } = await at.code(system, browser);
  return { code: code ?? "", verifier: checks.pkceCodeVerifier };
}
async function tokens() {
  const { code, verifier } = await aCode();
  return exchange(code, verifier);
}
const open = async () => (await world.db.select().from(relyingPartySession)).filter(({ endedAt }) => endedAt === null);

describe("a code", () => {
  test("is exchanged once; the second time it ends all that came of the first", async () => {
    const { code, verifier } = await aCode();
    const first = await exchange(code, verifier);
    expect(await userinfo(first.access_token)).toBe(200);

    expect(await exchange(code, verifier)).toMatchObject({ status: 400, error: "invalid_grant" });
    expect(await userinfo(first.access_token)).toBe(401);
    expect(await refresh(first.refresh_token)).toMatchObject({ status: 400, error: "invalid_grant" });
    expect(await open()).toEqual([]);
    expect((await world.db.select().from(relyingPartySession))[0]).toMatchObject({
      endedWhy: "code_reused",
      logoutDueAt: expect.any(Date),
    });
    expect(await world.events("relying_party.code_reused")).toHaveLength(1);
  });

  test("of twenty parallel exchanges one succeeds", async () => {
    const { code, verifier } = await aCode();
    const answers = await Promise.all(Array.from({ length: 20 }, () => exchange(code, verifier)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ error }) => error === "invalid_grant")).toHaveLength(19);
    expect(await world.events("relying_party.code_reused")).toHaveLength(1);
  });

  test("is worth nothing to another system, and still something to its own", async () => {
    const other = await at.system({ name: "Sistem Lain" });
    const { code, verifier } = await aCode();
    expect(await exchange(code, verifier, {}, other)).toMatchObject({ status: 400, error: "invalid_grant" });
    expect(await exchange(code, verifier)).toMatchObject({ status: 200 });
  });

  test("is worth nothing after 60 seconds", async () => {
    const { code, verifier } = await aCode();
    world.moveClock(seconds(60));
    expect(await exchange(code, verifier)).toMatchObject({ status: 400, error: "invalid_grant" });
  });

  test.each<[string, string | null, Record<string, string>]>([
    ["another verifier", "x".repeat(43), {}],
    ["a verifier that is none", "short", {}],
    ["no verifier", null, {}],
    ["another address", "", { redirect_uri: `${REDIRECT_URI}/2` }],
    ["no address", "", { redirect_uri: "" }],
  ])("is worth nothing with %s", async (_, verifier, more) => {
    const made = await aCode();
    const answer = await exchange(made.code, verifier ?? "", {
      ...(verifier === "" ? { code_verifier: made.verifier } : {}),
      ...more,
    });
    expect(answer.status).toBe(400);
    expect(answer.error).toMatch(/^invalid_(grant|request)$/);
    expect(answer).not.toHaveProperty("access_token");
  });

  test("that nobody made is none", async () => {
    expect(await exchange("x".repeat(43), "y".repeat(43))).toMatchObject({ status: 400, error: "invalid_grant" });
    expect(await exchange("\u0000", "y".repeat(43))).toMatchObject({ status: 400, error: "invalid_grant" });
  });

  test("of two that the same session asks for at once, both hang on one sign-in", async () => {
    const both = await Promise.all([aCode(), aCode(), aCode()]);
    for (const { code, verifier } of both) expect(await exchange(code, verifier)).toMatchObject({ status: 200 });
    expect(await open()).toHaveLength(1);
    expect(await world.events("relying_party.signed_in")).toHaveLength(1);
  });

  test("is worth nothing once the session it came from has ended", async () => {
    const { code, verifier } = await aCode();
    await world.db.execute(sql`update session set ended_at = ${world.now().toISOString()}`);
    expect(await exchange(code, verifier)).toMatchObject({ status: 400, error: "invalid_grant" });
  });
});

describe("a refresh token", () => {
  test("is replaced with each use; used again it ends the sign-in", async () => {
    const first = await tokens();
    const second = await refresh(first.refresh_token);
    expect(second.refresh_token).not.toBe(first.refresh_token);
    const third = await refresh(second.refresh_token);
    expect(third.status).toBe(200);

    expect(await refresh(first.refresh_token)).toMatchObject({ status: 400, error: "invalid_grant" });
    expect(await refresh(third.refresh_token)).toMatchObject({ status: 400, error: "invalid_grant" });
    expect(await userinfo(third.access_token)).toBe(401);
    expect((await world.db.select().from(relyingPartySession))[0]?.endedWhy).toBe("token_reused");
    expect(await world.events("relying_party.token_reused")).toHaveLength(1);
  });

  test("of twenty parallel uses one succeeds", async () => {
    const { refresh_token } = await tokens();
    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(refresh_token)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test("outlives the idle time of the portal’s session, and dies with its twelve hours", async () => {
    const first = await tokens();
    world.moveClock(hours(2));
    const second = await refresh(first.refresh_token);
    expect(second.status).toBe(200);
    world.moveClock(hours(10));
    expect(await refresh(second.refresh_token)).toMatchObject({ status: 400, error: "invalid_grant" });
  });

  test("is worth nothing to another system", async () => {
    const other = await at.system({ name: "Sistem Lain" });
    const { refresh_token } = await tokens();
    expect(await refresh(refresh_token, other)).toMatchObject({ status: 400, error: "invalid_grant" });
    expect(await refresh(refresh_token)).toMatchObject({ status: 200 });
  });

  test("goes on with the session in which its owner signed in again", async () => {
    const { refresh_token } = await tokens();
    const next = await world.as(ada);
    await world.db.execute(
      sql`update session set ended_at = ${world.now().toISOString()}, continued_by = ${next.actor.sessionId} where id = ${browser.actor.sessionId}`,
    );
    expect(await refresh(refresh_token)).toMatchObject({ status: 200 });
    await world.db.execute(
      sql`update session set ended_at = ${world.now().toISOString()} where id = ${next.actor.sessionId}`,
    );
    expect(await refresh(refresh_token)).toMatchObject({ status: 400 });
  });
});

describe("what somebody loses they lose at the next use of any token", () => {
  test.each([
    ["their account is suspended", sql`update account set status = 'suspended'`],
    ["their account is locked", sql`update account set status = 'locked'`],
    ["their office’s word is taken back", sql`update account set staff_confirmed_at = null`],
    ["the session ends", sql`update session set ended_at = now(), ended_why = 'signed_out'`],
    ["the system is no longer open to all", sql`update relying_party set open_to_all = false`],
    ["the system is disabled", sql`update relying_party set disabled_at = now()`],
    ["the sign-in there is ended", sql`update relying_party_session set ended_at = now()`],
  ])("when %s", async (_, change) => {
    const { access_token, refresh_token } = await tokens();
    const { code, verifier } = await aCode();
    expect(await userinfo(access_token)).toBe(200);
    await world.db.execute(change);
    expect(await userinfo(access_token)).toBe(401);
    expect(await post("/token/introspection", { token: String(access_token) })).toMatchObject({ active: false });
    expect(await refresh(refresh_token)).toMatchObject({ status: 400, error: "invalid_grant" });
    expect(await exchange(code, verifier)).toMatchObject({ status: 400, error: "invalid_grant" });
  });

  test("and roles that change arrive with the next token", async () => {
    system = await at.system({ roles: ["semak", "lulus"], openToAll: false });
    const [semak, lulus] = system.roles;
    if (!semak || !lulus) throw new Error("No roles");
    const held = await addRelyingPartyRole(at.ctx, ada, semak);
    const first = await at.signIn(system, browser);
    const rolesOf = async (token: string) =>
      (await client.fetchUserInfo(system.config, token, first.claims()?.sub ?? "")).kunci_roles;
    expect(await rolesOf(first.access_token)).toEqual(["semak"]);
    await addRelyingPartyRole(at.ctx, ada, lulus);
    expect(await rolesOf(first.access_token)).toEqual(["lulus", "semak"]);
    await world.db.update(relyingPartyRoleGrant).set({ endedAt: world.now() });
    expect(await userinfo(first.access_token)).toBe(401);
    expect(held.id).toBeTruthy();
  });
});

describe("tokens are told about and given back", () => {
  test("to the system they were made for, and to no other", async () => {
    const other = await at.system({ name: "Sistem Lain" });
    const { access_token, refresh_token } = await tokens();
    const ask = (token: unknown, of: System) => post("/token/introspection", { token: String(token) }, of);
    expect(await ask(access_token, system)).toMatchObject({
      active: true,
      client_id: system.clientId,
      token_type: "Bearer",
    });
    expect(await ask(refresh_token, system)).toMatchObject({ active: true });
    expect(await ask(access_token, other)).toEqual({ status: 200, active: false });
    expect(await ask(refresh_token, other)).toEqual({ status: 200, active: false });
    await post("/token/revocation", { token: String(refresh_token) }, other);
    expect(await ask(access_token, system)).toMatchObject({ active: true });
  });

  test("an access token alone; a refresh token with all that came with it", async () => {
    const { access_token, refresh_token } = await tokens();
    await post("/token/revocation", { token: String(access_token) });
    expect(await userinfo(access_token)).toBe(401);
    const again = await refresh(refresh_token);
    expect(again.status).toBe(200);
    await post("/token/revocation", { token: String(again.refresh_token) });
    expect(await userinfo(again.access_token)).toBe(401);
    expect((await world.db.select().from(relyingPartySession))[0]?.endedWhy).toBe("signed_out_of_system");
  });
});

test("an access token opens nothing after ten minutes", async () => {
  const { access_token, expires_in } = await tokens();
  expect(expires_in).toBe(600);
  world.moveClock(minutes(10));
  expect(await userinfo(access_token)).toBe(401);
});

test("nothing that opens anything lies readable in the database", async () => {
  const { code } = await aCode();
  const { access_token, refresh_token } = await tokens();
  const rows = JSON.stringify(await world.db.select().from(oidcRecord));
  for (const secret of [code, access_token, refresh_token, ada.id, system.clientId])
    expect(rows).not.toContain(String(secret));
});

test("a system that keeps people apart knows them by names of its own", async () => {
  const [one, two] = [
    await at.system({ subjectType: "pairwise" }),
    await at.system({ subjectType: "pairwise", redirectUris: ["https://aset.contoh.example.gov.my/callback"] }),
  ];
  const subjects = [];
  for (const of of [system, one, two]) {
    const signedIn = await at.signIn(of, browser);
    const subject = signedIn.claims()?.sub ?? "";
    expect((await client.fetchUserInfo(of.config, signedIn.access_token, subject)).sub).toBe(subject);
    subjects.push(subject);
  }
  const { subject } = await world.reload(ada);
  expect(subjects[0]).toBe(subject);
  expect(new Set(subjects).size).toBe(3);
});
