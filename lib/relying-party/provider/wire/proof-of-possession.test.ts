import * as client from "openid-client";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { newWorld, type SignedIn, type World } from "#lib/testing/new-world.ts";
import { type OidcAtWork, oidcAtWork, type System } from "#lib/testing/oidc-at-work.ts";

let world: World;
let at: OidcAtWork;
let system: System;
let browser: SignedIn;
beforeEach(async () => {
  world = await newWorld();
  at = await oidcAtWork(world);
  system = await at.system({ dpopBound: true });
  browser = await world.as(await world.account({ staffConfirmed: true }));
});
afterEach(() => at[Symbol.asyncDispose]());

const aKey = async () => client.getDPoPHandle(system.config, await client.randomDPoPKeyPair("ES256"));

async function tokensOf(DPoP?: client.DPoPHandle) {
  const { landed, checks } = await at.code(system, browser);
  const back = landed.location ?? new URL(at.origin);
  return client.authorizationCodeGrant(system.config, back, checks, undefined, DPoP && { DPoP });
}
const userinfo = (token: string, DPoP?: client.DPoPHandle) =>
  client.fetchUserInfo(system.config, token, client.skipSubjectCheck, DPoP && { DPoP });

describe("a token that is bound to a key (RFC 9449)", () => {
  test("opens with a proof by that key, and neither with another’s nor with none", async () => {
    const key = await aKey();
    const { access_token, token_type } = await tokensOf(key);
    expect(token_type).toBe("dpop");
    expect((await userinfo(access_token, key)).sub).toBeTruthy();
    await expect(userinfo(access_token, await aKey())).rejects.toThrow();
    expect((await at.ask("/oidc/me", { headers: { authorization: `Bearer ${access_token}` } })).status).toBe(401);
    expect((await at.ask("/oidc/me", { headers: { authorization: `DPoP ${access_token}` } })).status).toBe(400);
  });

  test("takes each proof once", async () => {
    const key = await aKey();
    const { access_token } = await tokensOf(key);
    const sent: Record<string, string>[] = [];
    system.config[client.customFetch] = (url, options) => {
      sent.push(options.headers);
      return fetch(url, options as RequestInit);
    };
    await userinfo(access_token, key);
    const { authorization = "", dpop = "" } = sent.at(-1) ?? {};
    expect(dpop).not.toBe("");
    expect((await at.ask("/oidc/me", { headers: { authorization, dpop } })).status).toBe(401);
  });
});

test("a system whose tokens are bound is given none without a proof", async () => {
  await expect(tokensOf()).rejects.toMatchObject({ error: "invalid_grant" });
});
