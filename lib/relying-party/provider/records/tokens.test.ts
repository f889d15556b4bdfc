import { sql } from "drizzle-orm";
import * as client from "openid-client";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { oidcRecord, relyingPartyRoleGrant, relyingPartySession } from "#db/schema/relying-party.ts";
import { minutes } from "#lib/kernel/time.ts";
import { newWorld, type SignedIn, type World, type WorldAccount } from "#lib/testing/new-world.ts";
import { type OidcAtWork, oidcAtWork, type System } from "#lib/testing/oidc-at-work.ts";
import { addRelyingPartyRole } from "#lib/testing/relying-party.ts";
import { tokenRequests } from "#lib/testing/token-requests.ts";

let world: World;
let at: OidcAtWork;
let system: System;
let ada: WorldAccount;
let browser: SignedIn;
let ask: ReturnType<typeof tokenRequests>;
beforeEach(async () => {
  world = await newWorld();
  at = await oidcAtWork(world);
  system = await at.system({ backchannelLogoutUri: "https://cuti.contoh.example.gov.my/logout" });
  ada = await world.account({ staffConfirmed: true });
  browser = await world.as(ada, ["password", "totp"]);
  ask = tokenRequests(
    at,
    () => system,
    () => browser,
  );
});
afterEach(() => at[Symbol.asyncDispose]());

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
    const { access_token, refresh_token } = await ask.tokens();
    const { code, verifier } = await ask.aCode();
    expect(await ask.userinfo(access_token)).toBe(200);
    await world.db.execute(change);
    expect(await ask.userinfo(access_token)).toBe(401);
    expect(await ask.introspect(access_token)).toMatchObject({ active: false });
    expect(await ask.refresh(refresh_token)).toMatchObject({ status: 400, error: "invalid_grant" });
    expect(await ask.exchange(code, verifier)).toMatchObject({ status: 400, error: "invalid_grant" });
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
    expect(await ask.userinfo(first.access_token)).toBe(401);
    expect(held.id).toBeTruthy();
  });
});

describe("tokens are told about and given back", () => {
  test("to the system they were made for, and to no other", async () => {
    const other = await at.system({ name: "Sistem Lain" });
    const { access_token, refresh_token } = await ask.tokens();
    expect(await ask.introspect(access_token, system)).toMatchObject({
      active: true,
      client_id: system.clientId,
      token_type: "Bearer",
    });
    expect(await ask.introspect(refresh_token, system)).toMatchObject({ active: true });
    expect(await ask.introspect(access_token, other)).toEqual({ status: 200, active: false });
    expect(await ask.introspect(refresh_token, other)).toEqual({ status: 200, active: false });
    await ask.revoke(refresh_token, other);
    expect(await ask.introspect(access_token, system)).toMatchObject({ active: true });
  });

  test("an access token alone; a refresh token with all that came with it", async () => {
    const { access_token, refresh_token } = await ask.tokens();
    await ask.revoke(access_token);
    expect(await ask.userinfo(access_token)).toBe(401);
    const again = await ask.refresh(refresh_token);
    expect(again.status).toBe(200);
    await ask.revoke(again.refresh_token);
    expect(await ask.userinfo(again.access_token)).toBe(401);
    expect((await world.db.select().from(relyingPartySession))[0]?.endedWhy).toBe("signed_out_of_system");
  });
});

test("an access token opens nothing after ten minutes", async () => {
  const { access_token, expires_in } = await ask.tokens();
  expect(expires_in).toBe(600);
  world.moveClock(minutes(10));
  expect(await ask.userinfo(access_token)).toBe(401);
});

test("nothing that opens anything lies readable in the database", async () => {
  const { code } = await ask.aCode();
  const { access_token, refresh_token } = await ask.tokens();
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
