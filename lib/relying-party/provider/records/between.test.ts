import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import * as client from "openid-client";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { consent } from "#db/schema/relying-party.ts";
import { session } from "#db/schema/session.ts";
import type { Factor, Proof } from "#lib/assurance/assurance.ts";
import { minutes, seconds } from "#lib/kernel/time.ts";
import { newWorld, type SignedIn, type World, type WorldAccount } from "#lib/testing/new-world.ts";
import { type Landed, type OidcAtWork, oidcAtWork, type System } from "#lib/testing/oidc-at-work.ts";
import { addTotp } from "#lib/testing/totp.ts";

let world: World;
let at: OidcAtWork;
let ada: WorldAccount;
beforeEach(async () => {
  world = await newWorld();
  at = await oidcAtWork(world);
  ada = await world.account({ staffConfirmed: true });
});
afterEach(() => at[Symbol.asyncDispose]());

const isLedToAsk = (landed: Landed) => /^\/interaction\/[\w-]{20,}$/.test(landed.location?.pathname ?? "");
const errorOf = (landed: Landed) => landed.location?.searchParams.get("error");
const acr = (of: Awaited<ReturnType<OidcAtWork["signIn"]>>) => of.claims()?.acr;

/** Comes back from the portal's pages, in the browser that was sent there. */
const resume = (landed: Landed, as?: SignedIn) =>
  at.ask(`/oidc/auth${landed.location?.pathname.replace("/interaction", "")}`, {
    ...(as ? { as } : {}),
    cookies: landed.cookies,
  });

/** What a step-up adds to a session. */
async function prove(as: SignedIn, factor: Factor) {
  const proof: Proof = { factor, at: world.now().toISOString() };
  await world.db.update(session).set({ proofs: sql`proofs || ${JSON.stringify([proof])}::jsonb` });
  return as;
}

describe("who is not signed in", () => {
  test("is led to the portal, in a browser that alone can come back", async () => {
    const system = await at.system();
    const { url, checks } = await at.beginning(system);
    const landed = await at.ask(url);
    expect(isLedToAsk(landed)).toBe(true);
    for (const cookie of landed.cookies) expect(cookie).toMatch(/^kunci-(interaction|resume)=.*httponly/i);
    expect(landed.cookies.join()).not.toMatch(/kunci-oidc-session/);

    const stranger = await resume({ ...landed, cookies: [] }, await world.as(ada));
    expect([stranger.status, stranger.location]).toEqual([400, null]);
    expect(stranger.body).toContain("Permintaan log masuk itu sudah tamat");

    const back = await resume(landed, await world.as(ada));
    const tokens = await client.authorizationCodeGrant(system.config, back.location ?? new URL(at.origin), checks);
    expect(tokens.claims()?.sub).toBeTruthy();
    expect((await resume(landed, await world.as(ada))).status).toBe(400);
  });

  test("is told so where nobody may be asked", async () => {
    const system = await at.system();
    const { url } = await at.beginning(system, { prompt: "none" });
    expect(errorOf(await at.ask(url))).toBe("login_required");
    const idle = await world.as(ada);
    world.moveClock(minutes(31));
    expect(errorOf(await at.ask(url, { as: idle }))).toBe("login_required");
  });

  test("is whoever has a session that only enrols a factor", async () => {
    const system = await at.system();
    const as = await world.as(ada);
    await world.db.update(session).set({ ticketId: randomUUID() });
    expect(isLedToAsk((await at.code(system, as)).landed)).toBe(true);
  });

  test("comes too late after an hour", async () => {
    const system = await at.system();
    const landed = await at.ask((await at.beginning(system)).url);
    world.moveClock(minutes(60));
    expect((await resume(landed, await world.as(ada))).status).toBe(400);
  });
});

test("a session that is only looked through without its owner ends by idleness all the same; one that is used does not", async () => {
  const system = await at.system();
  const as = await world.as(ada);
  const silent = () => at.code(system, as, { prompt: "none" }).then(({ code }) => code !== null);
  for (let i = 0; i < 2; i++) {
    expect(await silent()).toBe(true);
    world.moveClock(minutes(14));
  }
  expect((await at.code(system, as)).code).not.toBeNull();
  world.moveClock(minutes(20));
  expect(await silent()).toBe(true);
  world.moveClock(minutes(11));
  expect(await silent()).toBe(false);
});

describe("who may not open a system", () => {
  test.each<[string, () => Promise<[System, WorldAccount]>]>([
    ["has none of its roles", async () => [await at.system({ openToAll: false, roles: ["semak"] }), ada]],
    ["waits for their office’s word", async () => [await at.system(), await world.account({ staffConfirmed: false })]],
  ])("because they are one who %s is led to be told, and the system told nothing", async (_, given) => {
    const [system, whose] = await given();
    const as = await world.as(whose, ["passkey_verified"]);
    const { landed } = await at.code(system, as);
    expect(isLedToAsk(landed)).toBe(true);
    expect(isLedToAsk(await resume(landed, as))).toBe(true);
    expect(errorOf((await at.code(system, as, { prompt: "none" })).landed)).toBe("access_denied");
  });
});

describe("a level that is asked for", () => {
  test.each<[string, Partial<Parameters<OidcAtWork["system"]>[0]> & object, Record<string, string>]>([
    ["by the registration", { minimumLevel: "aal2" }, {}],
    ["by acr_values", {}, { acr_values: "urn:kunci:aal2" }],
    [
      "by the acr claim",
      {},
      {
        claims: JSON.stringify({
          id_token: { acr: { essential: true, values: ["urn:kunci:aal2", "urn:kunci:aal2:phr"] } },
        }),
      },
    ],
  ])("%s leads whoever stands below it to prove more, and then on", async (_, wanted, params) => {
    const system = await at.system(wanted);
    const as = await world.as(ada, ["password"]);
    const { landed, checks } = await at.code(system, as, params);
    expect(isLedToAsk(landed)).toBe(true);
    expect(isLedToAsk(await resume(landed, as))).toBe(true);
    const { landed: again, checks: others } = await at.code(system, as, params);
    const back = await resume(again, await prove(as, "totp"));
    const tokens = await client.authorizationCodeGrant(system.config, back.location ?? new URL(at.origin), others);
    expect(acr(tokens)).toBe("urn:kunci:aal2");
    expect(checks).not.toEqual(others);
    expect(errorOf((await at.code(system, await world.as(ada), { ...params, prompt: "none" })).landed)).toBe(
      "login_required",
    );
  });

  test("by the account itself, that always wants two factors, is no less than a system’s", async () => {
    await addTotp(at.ctx, ada.id);
    await world.db.execute(sql`update account set asks_two_factors = true where id = ${ada.id}`);
    const system = await at.system();
    expect(isLedToAsk((await at.code(system, await world.as(ada))).landed)).toBe(true);
    expect(acr(await at.signIn(system, await world.as(ada, ["password", "totp"])))).toBe("urn:kunci:aal2");
  });

  test("that is only a wish and that nobody knows is let be", async () => {
    const tokens = await at.signIn(await at.system(), await world.as(ada), { acr_values: "urn:other:loa3" });
    expect(acr(tokens)).toBe("urn:kunci:aal1");
  });
});

describe("how lately somebody was known", () => {
  test("is told, and asked anew where it is longer ago than the system bears", async () => {
    const system = await at.system();
    const as = await world.as(ada, ["password"]);
    const began = Math.floor(world.now().getTime() / 1_000);
    world.moveClock(minutes(10));
    expect((await at.signIn(system, as, { max_age: "900" })).claims()?.auth_time).toBe(began);

    const { landed, checks } = await at.code(system, as, { max_age: "300" });
    expect(isLedToAsk(landed)).toBe(true);
    world.moveClock(seconds(20));
    const back = await resume(landed, await prove(as, "password"));
    const tokens = await client.authorizationCodeGrant(system.config, back.location ?? new URL(at.origin), checks);
    expect(tokens.claims()?.auth_time).toBe(Math.floor(world.now().getTime() / 1_000));
  });

  test.each([{ prompt: "login" }, { max_age: "0" }])(
    "is from now on where the system asks for a new sign-in: %o",
    async (params: Record<string, string>) => {
      const system = await at.system();
      const as = await world.as(ada, ["password"]);
      world.moveClock(seconds(1));
      const { landed } = await at.code(system, as, params);
      expect(isLedToAsk(landed)).toBe(true);
      const second = await resume(landed, as);
      expect(isLedToAsk(second)).toBe(true);
      world.moveClock(seconds(1));
      await prove(as, "password");
      // Something else is missing by now: the question that follows is as old as the first, and what was proven counts.
      world.moveClock(seconds(1));
      await world.db.execute(sql`update relying_party set open_to_all = false`);
      const third = await resume(second, as);
      expect(isLedToAsk(third)).toBe(true);
      await world.db.execute(sql`update relying_party set open_to_all = true`);
      expect((await resume(third, as)).location?.searchParams.has("code")).toBe(true);
    },
  );
});

test("whoever is meant and is not the one who is signed in is asked to sign in; another’s ID token is no hint", async () => {
  const system = await at.system();
  const other = await at.system({ name: "Sistem Lain" });
  const [as, ben] = [await world.as(ada), await world.as(await world.account({ staffConfirmed: true }))];
  const hint = (await at.signIn(system, as)).id_token ?? "";
  expect((await at.code(system, as, { id_token_hint: hint, prompt: "none" })).code).not.toBeNull();
  expect(errorOf((await at.code(system, ben, { id_token_hint: hint, prompt: "none" })).landed)).toBe("login_required");
  expect(isLedToAsk((await at.code(system, ben, { id_token_hint: hint })).landed)).toBe(true);
  expect(errorOf((await at.code(other, as, { id_token_hint: hint })).landed)).toBe("invalid_request");
  const sub = JSON.stringify({ id_token: { sub: { value: "somebody" } } });
  expect(errorOf((await at.code(system, as, { claims: sub, prompt: "none" })).landed)).toBe("login_required");
});

describe("a system of others", () => {
  const agree = (of: System, scopes: string[]) =>
    world.db
      .insert(consent)
      .values({ id: randomUUID(), accountId: ada.id, relyingPartyId: of.id, scopes, givenAt: world.now() });

  test("is told what its owner has agreed to, and asks again for more", async () => {
    const system = await at.system({ ownedByAgency: false });
    const as = await world.as(ada);
    expect(errorOf((await at.code(system, as, { prompt: "none" })).landed)).toBe("consent_required");
    const { landed } = await at.code(system, as, { scope: "openid profile" });
    expect(isLedToAsk(landed)).toBe(true);
    await agree(system, ["openid", "profile"]);
    expect((await resume(landed, as)).location?.searchParams.has("code")).toBe(true);

    const tokens = await at.signIn(system, as, { scope: "openid profile" });
    const told = await client.fetchUserInfo(system.config, tokens.access_token, tokens.claims()?.sub ?? "");
    expect(Object.keys(told).sort()).toEqual(["name", "office", "sub"]);
    expect(isLedToAsk((await at.code(system, as, { scope: "openid profile email" })).landed)).toBe(true);
    const single = JSON.stringify({ userinfo: { email: null } });
    expect(isLedToAsk((await at.code(system, as, { scope: "openid profile", claims: single })).landed)).toBe(true);
  });

  test("may ask for their word again", async () => {
    const system = await at.system({ ownedByAgency: false });
    const as = await world.as(ada);
    await agree(system, ["openid"]);
    world.moveClock(seconds(1));
    const { landed } = await at.code(system, as, { scope: "openid", prompt: "consent" });
    expect(isLedToAsk(landed)).toBe(true);
    await world.db.update(consent).set({ givenAt: world.now() });
    expect((await resume(landed, as)).location?.searchParams.has("code")).toBe(true);
  });
});

test("an agency’s own system asks for single claims and is told them, in the ID token where it wants", async () => {
  const system = await at.system();
  const claims = JSON.stringify({ id_token: { email: null }, userinfo: { name: { essential: true } } });
  const tokens = await at.signIn(system, await world.as(ada), { scope: "openid", claims });
  expect(tokens.claims()).toMatchObject({ email: ada.officialEmail });
  const told = await client.fetchUserInfo(system.config, tokens.access_token, tokens.claims()?.sub ?? "");
  expect(Object.keys(told).sort()).toEqual(["name", "sub"]);
});
