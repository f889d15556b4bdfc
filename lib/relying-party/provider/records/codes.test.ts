import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { relyingPartySession } from "#db/schema/relying-party.ts";
import { hours, minutes, seconds } from "#lib/kernel/time.ts";
import { newWorld, type SignedIn, type World, type WorldAccount } from "#lib/testing/new-world.ts";
import { type OidcAtWork, oidcAtWork, REDIRECT_URI, type System } from "#lib/testing/oidc-at-work.ts";
import { tokenRequests } from "#lib/testing/token-requests.ts";
import { endRelyingPartySessions } from "../../end-relying-party-sessions.ts";

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

const open = async () => (await world.db.select().from(relyingPartySession)).filter(({ endedAt }) => endedAt === null);

describe("a code", () => {
  test("is given while the sign-in it would have belonged to ends: it begins another one", async () => {
    await ask.aCode();
    const leave = () =>
      world.db.transaction((tx) => endRelyingPartySessions(tx, browser, { accountId: ada.id }, "signed_out_of_system"));
    const given = await Promise.all(
      Array.from({ length: 12 }, async (_, nth) => (nth % 3 === 2 ? leave() : (await ask.aCode()).code)),
    );
    expect(given.filter((code) => typeof code === "string" && code !== "")).toHaveLength(8);
    expect(at.faults).toEqual([]);
  });

  test("is exchanged once; the second time it ends all that came of the first", async () => {
    const { code, verifier } = await ask.aCode();
    const first = await ask.exchange(code, verifier);
    expect(await ask.userinfo(first.access_token)).toBe(200);

    expect(await ask.exchange(code, verifier)).toMatchObject({ status: 400, error: "invalid_grant" });
    expect(await ask.userinfo(first.access_token)).toBe(401);
    expect(await ask.refresh(first.refresh_token)).toMatchObject({ status: 400, error: "invalid_grant" });
    expect(await open()).toEqual([]);
    expect((await world.db.select().from(relyingPartySession))[0]).toMatchObject({
      endedWhy: "code_reused",
      logoutDueAt: expect.any(Date),
    });
    expect(await world.events("relying_party.code_reused")).toHaveLength(1);
  });

  test("of twenty parallel exchanges one succeeds", async () => {
    const { code, verifier } = await ask.aCode();
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask.exchange(code, verifier)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ error }) => error === "invalid_grant")).toHaveLength(19);
    expect(await world.events("relying_party.code_reused")).toHaveLength(1);
  });

  test("is worth nothing to another system, and still something to its own", async () => {
    const other = await at.system({ name: "Sistem Lain" });
    const { code, verifier } = await ask.aCode();
    expect(await ask.exchange(code, verifier, {}, other)).toMatchObject({ status: 400, error: "invalid_grant" });
    expect(await ask.exchange(code, verifier)).toMatchObject({ status: 200 });
  });

  test("is worth nothing after 60 seconds", async () => {
    const { code, verifier } = await ask.aCode();
    world.moveClock(seconds(60));
    expect(await ask.exchange(code, verifier)).toMatchObject({ status: 400, error: "invalid_grant" });
  });

  test.each<[string, string | null, Record<string, string>]>([
    ["another verifier", "x".repeat(43), {}],
    ["a verifier that is none", "short", {}],
    ["no verifier", null, {}],
    ["another address", "", { redirect_uri: `${REDIRECT_URI}/2` }],
    ["no address", "", { redirect_uri: "" }],
  ])("is worth nothing with %s", async (_, verifier, more) => {
    const made = await ask.aCode();
    const answer = await ask.exchange(made.code, verifier ?? "", {
      ...(verifier === "" ? { code_verifier: made.verifier } : {}),
      ...more,
    });
    expect(answer.status).toBe(400);
    expect(answer.error).toMatch(/^invalid_(grant|request)$/);
    expect(answer).not.toHaveProperty("access_token");
  });

  test("that nobody made is none", async () => {
    expect(await ask.exchange("x".repeat(43), "y".repeat(43))).toMatchObject({ status: 400, error: "invalid_grant" });
    expect(await ask.exchange("\u0000", "y".repeat(43))).toMatchObject({ status: 400, error: "invalid_grant" });
  });

  test("of two that the same session asks for at once, both hang on one sign-in", async () => {
    const both = await Promise.all([ask.aCode(), ask.aCode(), ask.aCode()]);
    for (const { code, verifier } of both) expect(await ask.exchange(code, verifier)).toMatchObject({ status: 200 });
    expect(await open()).toHaveLength(1);
    expect(await world.events("relying_party.signed_in")).toHaveLength(1);
  });

  test("is worth nothing once the session it came from has ended", async () => {
    const { code, verifier } = await ask.aCode();
    await world.db.execute(sql`update session set ended_at = ${world.now().toISOString()}`);
    expect(await ask.exchange(code, verifier)).toMatchObject({ status: 400, error: "invalid_grant" });
  });
});

describe("a refresh token", () => {
  test("is replaced with each use; used again it ends the sign-in", async () => {
    const first = await ask.tokens();
    const second = await ask.refresh(first.refresh_token);
    expect(second.refresh_token).not.toBe(first.refresh_token);
    const third = await ask.refresh(second.refresh_token);
    expect(third.status).toBe(200);

    expect(await ask.refresh(first.refresh_token)).toMatchObject({ status: 400, error: "invalid_grant" });
    expect(await ask.refresh(third.refresh_token)).toMatchObject({ status: 400, error: "invalid_grant" });
    expect(await ask.userinfo(third.access_token)).toBe(401);
    expect((await world.db.select().from(relyingPartySession))[0]?.endedWhy).toBe("token_reused");
    expect(await world.events("relying_party.token_reused")).toHaveLength(1);
  });

  test("of twenty parallel uses one succeeds", async () => {
    const { refresh_token } = await ask.tokens();
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask.refresh(refresh_token)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test("outlives the idle time of the portal’s session, and dies with its twelve hours", async () => {
    const first = await ask.tokens();
    world.moveClock(hours(2));
    const second = await ask.refresh(first.refresh_token);
    expect(second.status).toBe(200);
    world.moveClock(hours(10));
    expect(await ask.refresh(second.refresh_token)).toMatchObject({ status: 400, error: "invalid_grant" });
  });

  test("is worth nothing to another system", async () => {
    const other = await at.system({ name: "Sistem Lain" });
    const { refresh_token } = await ask.tokens();
    expect(await ask.refresh(refresh_token, other)).toMatchObject({ status: 400, error: "invalid_grant" });
    expect(await ask.refresh(refresh_token)).toMatchObject({ status: 200 });
  });

  test("goes on with the session in which its owner signed in again", async () => {
    const { refresh_token } = await ask.tokens();
    const next = await world.as(ada);
    await world.db.execute(
      sql`update session set ended_at = ${world.now().toISOString()}, continued_by = ${next.actor.sessionId} where id = ${browser.actor.sessionId}`,
    );
    const renewed = await ask.refresh(refresh_token);
    expect(renewed).toMatchObject({ status: 200 });
    await world.db.execute(
      sql`update session set ended_at = ${world.now().toISOString()} where id = ${next.actor.sessionId}`,
    );
    expect(await ask.refresh(renewed.refresh_token)).toMatchObject({ status: 400, error: "invalid_grant" });
  });
});

test("systems that are ended while they renew their tokens end, and hold nobody up", async () => {
  const count = 12;
  const systems = await Promise.all(Array.from({ length: count }, () => at.system()));
  const held: unknown[] = [];
  for (const of of systems) held.push((await at.signIn(of, browser)).refresh_token);
  // Long enough ago for their last use to be written.
  world.moveClock(minutes(5));
  const end = () =>
    world.db.transaction((tx) => endRelyingPartySessions(tx, browser, { accountId: ada.id }, "session_ended"));
  const [ended, ...renewed] = await Promise.all([end(), ...systems.map((of, i) => ask.refresh(held[i], of))]);
  expect(ended).toBe(count);
  for (const { status } of renewed) expect([200, 400]).toContain(status);
  expect(at.faults).toEqual([]);
});
