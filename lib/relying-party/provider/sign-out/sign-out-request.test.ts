import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { minutes, seconds } from "#lib/kernel/time.ts";
import { altered } from "#lib/testing/altered.ts";
import { newWorld, type SignedIn, type World } from "#lib/testing/new-world.ts";
import { type OidcAtWork, oidcAtWork, type System } from "#lib/testing/oidc-at-work.ts";
import { openSignOut, type SignOutAsked, sealSignOut } from "./sign-out-request.ts";

const BACK = "https://cuti.contoh.example.gov.my/signed-out";

let world: World;
let at: OidcAtWork;
let asked: SignOutAsked[];
let system: System;
let browser: SignedIn;
let hint: string;
beforeEach(async () => {
  world = await newWorld();
  asked = [];
  at = await oidcAtWork(world, {
    signOutPath: (said) => {
      asked.push(said);
      return "/sign-out";
    },
  });
  system = await at.system({ postLogoutRedirectUris: [BACK] });
  browser = await world.as(await world.account({ staffConfirmed: true }));
  hint = (await at.signIn(system, browser)).id_token ?? "";
});
afterEach(() => at[Symbol.asyncDispose]());

const leave = (params: Record<string, string>) =>
  at.ask(`/oidc/session/end?${new URLSearchParams(params)}`, { as: browser });

describe("a system that signs somebody out is led to the page that asks", () => {
  test("with its address to come back to and its state", async () => {
    const landed = await leave({ id_token_hint: hint, post_logout_redirect_uri: BACK, state: "of its own" });
    expect([landed.status, landed.location?.pathname]).toEqual([303, "/sign-out"]);
    expect(asked).toEqual([{ clientId: system.clientId, postLogoutRedirectUri: BACK, state: "of its own" }]);
  });

  test("by its client id alone too, and by nobody who says who it is, which leads nowhere afterwards", async () => {
    await leave({ client_id: system.clientId, post_logout_redirect_uri: BACK });
    await leave({ post_logout_redirect_uri: BACK });
    expect(asked).toEqual([
      { clientId: system.clientId, postLogoutRedirectUri: BACK, state: null },
      { clientId: null, postLogoutRedirectUri: null, state: null },
    ]);
  });
});

describe("nobody is led anywhere, and no page asks,", () => {
  test.each<[string, () => Promise<Record<string, string>>]>([
    ["by a foreign address", async () => ({ id_token_hint: hint, post_logout_redirect_uri: "https://lain.example/" })],
    ["by one with more path", async () => ({ id_token_hint: hint, post_logout_redirect_uri: `${BACK}/more` })],
    [
      "by another system’s token",
      async () => ({ id_token_hint: hint, client_id: (await at.system()).clientId, post_logout_redirect_uri: BACK }),
    ],
    [
      "by a token that somebody altered",
      async () => ({ id_token_hint: `${hint.slice(0, -8)}AAAAAAAA`, post_logout_redirect_uri: BACK }),
    ],
    [
      "by a token that nobody signed",
      async () => ({
        id_token_hint: `${Buffer.from('{"alg":"none"}').toString("base64url")}.${hint.split(".")[1]}.`,
        post_logout_redirect_uri: BACK,
      }),
    ],
  ])("%s", async (_, params) => {
    const landed = await leave(await params());
    expect(landed).toMatchObject({ status: 400, location: null });
    expect(landed.headers.get("content-type")).toMatch(/^text\/html/);
    expect(asked).toEqual([]);
  });
});

test("what was asked for is believed for an hour, and by nobody who altered it", () => {
  const said: SignOutAsked = { clientId: "cuti", postLogoutRedirectUri: BACK, state: null };
  const sealed = sealSignOut(world.ctx, said);
  expect(openSignOut(world.ctx, sealed)).toEqual(said);
  for (const wrong of [undefined, ["x"], "", "x", altered(sealed)]) expect(openSignOut(world.ctx, wrong)).toBeNull();
  world.moveClock(minutes(60));
  expect(openSignOut(world.ctx, sealed)).toBeNull();
  world.moveClock(seconds(-1));
  expect(openSignOut(world.ctx, sealed)).toEqual(said);
});
