import { sql } from "drizzle-orm";
import * as client from "openid-client";
import { expect, test, vi } from "vitest";
import { session } from "#db/schema/session.ts";
import { minutes } from "#lib/kernel/time.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { oidcAtWork } from "#lib/testing/oidc-at-work.ts";
import { tokenRequests } from "#lib/testing/token-requests.ts";

test("who is signed in to the portal is signed in to a system without a page, and it is told what it asked for", async () => {
  const world = await newWorld();
  await using at = await oidcAtWork(world);
  const ada = await world.account({ staffConfirmed: true });
  const [system, browser] = [await at.system(), await world.as(ada, ["password", "totp"])];

  const tokens = await at.signIn(system, browser);
  const claims = tokens.claims();
  expect(claims).toMatchObject({ iss: at.issuer, aud: system.clientId, acr: "urn:kunci:aal2" });
  expect(claims?.amr).toEqual(["pwd", "otp", "mfa"]);

  const told = await client.fetchUserInfo(system.config, tokens.access_token, claims?.sub ?? "");
  expect(told).toMatchObject({ sub: claims?.sub, office: { code: "0101", name: "Ibu Pejabat" }, kunci_roles: [] });
  expect(at.faults).toEqual([]);

  const again = await client.refreshTokenGrant(system.config, tokens.refresh_token ?? "");
  expect(again.claims()?.sub).toBe(claims?.sub);
  expect(await world.events("relying_party.signed_in")).toHaveLength(1);
});

test("a system on loopback is signed in to, wherever it would have sign-ins begin: demonstrations have such", async () => {
  const world = await newWorld();
  await using oidc = await oidcAtWork(world);
  const own = "http://127.0.0.1:4321/cuti";
  const system = await oidc.system({
    redirectUris: [`${own}/callback`],
    postLogoutRedirectUris: [`${own}/signed-out`],
    backchannelLogoutUri: `${own}/backchannel-logout`,
    initiateLoginUri: `${own}/sign-in`,
    startUri: own,
  });
  const asAda = await world.as(await world.account({ staffConfirmed: true }));
  expect((await oidc.signIn(system, asAda)).claims()?.sub).toBeTruthy();
  expect(oidc.faults).toEqual([]);
});

test("a sign-in with a live session asks the database twice, its exchange and a refresh twice, userinfo once", async () => {
  const world = await newWorld();
  await using at = await oidcAtWork(world);
  const [system, browser] = [await at.system(), await world.as(await world.account({ staffConfirmed: true }))];
  const ask = tokenRequests(
    at,
    () => system,
    () => browser,
  );
  const query = vi.spyOn(world.db.$client, "query");
  const statements = async <T>(work: Promise<T>): Promise<[number, T]> => {
    query.mockClear();
    const done = await work;
    return [query.mock.calls.length, done];
  };
  const [authorized, { code, verifier }] = await statements(ask.aCode());
  const [exchanged, tokens] = await statements(ask.exchange(code, verifier));
  const [refreshed] = await statements(ask.refresh(tokens.refresh_token));
  const [told] = await statements(ask.userinfo(tokens.access_token));
  expect({ authorized, exchanged, refreshed, told }).toEqual({ authorized: 2, exchanged: 2, refreshed: 2, told: 1 });
});

test("an hour after a system asked, what it asked for is counted anew: a proof of then is not fresh for it", async () => {
  const world = await newWorld();
  await using at = await oidcAtWork(world);
  const ada = await world.account({ staffConfirmed: true });
  const [system, browser] = [await at.system({ minimumLevel: "aal2" }), await world.as(ada, ["password"])];
  const used = () => world.db.update(session).set({ lastSeenAt: world.now() });
  let landed = await at.ask((await at.beginning(system, { max_age: "60" })).url, { as: browser });
  const resume = () =>
    at.ask(`/oidc/auth${landed.location?.pathname.replace("/interaction", "")}`, {
      as: browser,
      cookies: landed.cookies,
    });
  for (const _ of [1, 2, 3]) {
    world.moveClock(minutes(25));
    await used();
    landed = await resume();
  }
  const proof = { factor: "totp", at: world.now().toISOString() };
  await world.db.update(session).set({ proofs: sql`proofs || ${JSON.stringify([proof])}::jsonb` });
  expect((await resume()).location?.pathname).toMatch(/^\/interaction\//);
});
