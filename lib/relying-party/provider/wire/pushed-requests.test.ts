import * as client from "openid-client";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { minutes } from "#lib/kernel/time.ts";
import { newWorld, type SignedIn, type World } from "#lib/testing/new-world.ts";
import { type OidcAtWork, oidcAtWork, REDIRECT_URI, type System } from "#lib/testing/oidc-at-work.ts";
import { consumeRecord } from "../records/records.ts";

let world: World;
let at: OidcAtWork;
let system: System;
let browser: SignedIn;
beforeEach(async () => {
  world = await newWorld();
  at = await oidcAtWork(world);
  system = await at.system({ parRequired: true });
  browser = await world.as(await world.account({ staffConfirmed: true }));
});
afterEach(() => at[Symbol.asyncDispose]());

/** What a system pushes before it sends a browser on, and the short address that it sends it to. */
async function push(of: System = system) {
  const { url, checks } = await at.beginning(of);
  return { checks, led: await client.buildAuthorizationUrlWithPAR(of.config, url.searchParams) };
}
const landsWithCode = async (led: URL) =>
  (await at.ask(led, { as: browser })).location?.searchParams.has("code") ?? false;

describe("a request that was pushed (RFC 9126)", () => {
  test("carries a whole sign-in, and its address says nothing of it", async () => {
    const { led, checks } = await push();
    expect([...led.searchParams.keys()].sort()).toEqual(["client_id", "request_uri"]);
    const landed = await at.ask(led, { as: browser });
    const tokens = await client.authorizationCodeGrant(system.config, landed.location ?? led, checks);
    expect(tokens.claims()?.sub).toBeTruthy();
    expect(at.faults).toEqual([]);
  });

  test("is used once", async () => {
    const { led } = await push();
    expect([await landsWithCode(led), await landsWithCode(led)]).toEqual([true, false]);
  });

  test("is used up by one of twenty instances that find it at the same moment", async () => {
    const id = (await push()).led.searchParams.get("request_uri")?.split(":").at(-1) ?? "";
    const uses = await Promise.all(
      Array.from({ length: 20 }, () => consumeRecord(at.ctx, "PushedAuthorizationRequest", id)),
    );
    expect(uses.filter(Boolean)).toHaveLength(1);
  });

  test("is worth nothing to another system, nor a minute later", async () => {
    const { led } = await push();
    const other = await at.system();
    const stolen = new URL(led);
    stolen.searchParams.set("client_id", other.clientId);
    expect(await at.ask(stolen, { as: browser })).toMatchObject({ status: 400, location: null });
    world.moveClock(minutes(1));
    expect(await at.ask(led, { as: browser })).toMatchObject({ status: 400, location: null });
  });

  test("is checked when it comes: an address that is not registered is not kept", async () => {
    const { url } = await at.beginning(system, { redirect_uri: `${REDIRECT_URI}/more` });
    await expect(client.buildAuthorizationUrlWithPAR(system.config, url.searchParams)).rejects.toMatchObject({
      error: "invalid_request",
    });
  });
});

test("a system that has to push its requests is refused one in an address", async () => {
  const { landed } = await at.code(system, browser);
  expect(landed.location?.searchParams.get("error") ?? landed.status).toBe("invalid_request");
});
