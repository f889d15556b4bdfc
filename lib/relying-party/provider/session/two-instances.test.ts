import * as client from "openid-client";
import { expect, test } from "vitest";
import { after } from "#lib/kernel/time.ts";
import { ensureSigningKeys } from "#lib/relying-party/signing-keys/ensure-signing-keys.ts";
import { type FollowedKeys, followSigningKeys } from "#lib/relying-party/signing-keys/follow-signing-keys.ts";
import { PUBLISHED_AFTER, PUBLISHED_AHEAD } from "#lib/relying-party/signing-keys/key-life.ts";
import { keySetOf, readSigningKeys } from "#lib/relying-party/signing-keys/read-signing-keys.ts";
import { rotateSigningKeys } from "#lib/relying-party/signing-keys/rotate-signing-keys.ts";
import { newWorld, type SignedIn, type World } from "#lib/testing/new-world.ts";
import { type OidcAtWork, oidcAtWork, type System } from "#lib/testing/oidc-at-work.ts";

/** What the two have in common is the database: each follows the keys by itself, by a clock for keys alone. */
async function twoInstances(world: World) {
  await ensureSigningKeys(world.ctx);
  let keysAt = world.now();
  const ctx = { ...world.ctx, now: () => keysAt };
  const failed = (fault: unknown) => expect.fail(String(fault));
  const start = async (origin?: string): Promise<{ at: OidcAtWork; keys: FollowedKeys }> => {
    const jwks = keySetOf(await readSigningKeys(ctx));
    const at = await oidcAtWork(world, { jwks, ...(origin === undefined ? {} : { origin }) });
    const keys = await followSigningKeys(ctx, (changed) => at.useKeys(keySetOf(changed)), failed);
    // They look when they are told to.
    keys.stop();
    return { at, keys };
  };
  const one = await start();
  const other = await start(one.at.origin);
  const both = [one, other] as const;
  let turn = 0;
  /** Each request of a relying party comes to the other instance than the last. */
  const alternating: client.CustomFetch = (url, options) =>
    fetch(url.replace(one.at.origin, both[turn++ % 2]?.at.listens ?? ""), options as RequestInit);
  /** A relying party that has just begun to keep what the provider publishes, and checks ID tokens by it. */
  const asSeenNow = (system: System): System => {
    const { config, clientId, clientSecret } = system;
    const auth = client.ClientSecretBasic(clientSecret);
    const fresh = new client.Configuration(config.serverMetadata(), clientId, config.clientMetadata(), auth);
    client.allowInsecureRequests(fresh);
    client.enableNonRepudiationChecks(fresh);
    fresh[client.customFetch] = alternating;
    return { ...system, config: fresh };
  };
  return {
    ctx,
    both,
    system: async () => asSeenNow(await one.at.system()),
    asSeenNow,
    letKeysAge: (span: Parameters<typeof after>[1]) => {
      keysAt = after(keysAt, span);
    },
    [Symbol.asyncDispose]: async () => {
      for (const { at, keys } of both) {
        keys.stop();
        await at[Symbol.asyncDispose]();
        expect(at.faults).toEqual([]);
      }
    },
  };
}

type Two = Awaited<ReturnType<typeof twoInstances>>;

async function signedIn(world: World): Promise<SignedIn> {
  return world.as(await world.account({ staffConfirmed: true }), ["password", "totp"]);
}

test("a sign-in that one instance began, and asked somebody for, is finished on the other, token by token", async () => {
  const world = await newWorld();
  await using two = await twoInstances(world);
  const [{ at: one }, { at: other }] = two.both;
  const system = await two.system();
  const began = await one.beginning(system);
  const asked = await one.ask(began.url);
  expect(asked.location?.pathname).toMatch(/^\/interaction\//);

  const ada = await signedIn(world);
  const resume = asked.location?.pathname.replace("/interaction/", "/oidc/auth/") ?? "";
  const landed = await other.ask(resume, { as: ada, cookies: asked.cookies });
  expect(landed.location?.searchParams.get("code")).toBeTruthy();
  const tokens = await client.authorizationCodeGrant(system.config, landed.location as URL, began.checks);
  let fresh = tokens.refresh_token ?? "";
  for (let n = 0; n < 3; n += 1) {
    const told = await client.refreshTokenGrant(system.config, fresh);
    fresh = told.refresh_token ?? "";
    await client.fetchUserInfo(system.config, told.access_token, tokens.claims()?.sub ?? "");
  }
});

test("a code that both instances are given at once is exchanged by one of them", async () => {
  const world = await newWorld();
  await using two = await twoInstances(world);
  const system = await two.system();
  const began = await two.both[0].at.code(system, await signedIn(world));
  const tries = await Promise.allSettled(
    Array.from({ length: 10 }, () =>
      client.authorizationCodeGrant(system.config, began.landed.location as URL, began.checks),
    ),
  );
  expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

/** Eight sign-ins at once over both instances, each ID token checked with the key set as the relying party has it. */
async function signIns(two: Two, system: System, browser: SignedIn): Promise<Set<string>> {
  const done = await Promise.all(
    Array.from({ length: 8 }, async (_, n) => {
      const tokens = await two.both[n % 2 === 0 ? 0 : 1].at.signIn(system, browser);
      const renewed = await client.refreshTokenGrant(system.config, tokens.refresh_token ?? "");
      return [tokens.id_token, renewed.id_token];
    }),
  );
  const kidOf = (token = "") =>
    JSON.parse(Buffer.from(token.split(".")[0] ?? "", "base64url").toString()).kid as string;
  return new Set(done.flat().map(kidOf));
}

test("keys are rotated under load: no sign-in fails, on neither instance, at no moment", async () => {
  const world = await newWorld();
  await using two = await twoInstances(world);
  const [one, other] = two.both;
  const browser = await signedIn(world);
  const former = await two.system();
  const [old] = await signIns(two, former, browser);

  // The new one is published, by one instance sooner than by the other; relying parties still have the former set.
  await rotateSigningKeys(two.ctx, PUBLISHED_AHEAD.byCommand, ["RS256"]);
  const published = await Promise.all([signIns(two, former, browser), one.keys.lookAgain()]);
  await Promise.all([signIns(two, former, browser), other.keys.lookAgain()]);
  expect([...published[0]]).toEqual([old]);
  const before = await one.at.signIn(former, browser);

  // Their set has run out meanwhile, and they get it anew; then one instance signs with the new key before the other does.
  const system = two.asSeenNow(former);
  await signIns(two, system, browser);
  two.letKeysAge(PUBLISHED_AHEAD.byCommand);
  await Promise.all([signIns(two, system, browser), one.keys.lookAgain()]);
  const mixed = await signIns(two, system, browser);
  expect(mixed.size).toBe(2);
  await Promise.all([signIns(two, system, browser), other.keys.lookAgain()]);
  const [made, ...more] = await signIns(two, system, browser);
  expect(more).toEqual([]);
  expect(made).not.toBe(old);

  // What the old one signed still says who somebody is.
  const quiet = { prompt: "none", id_token_hint: before.id_token ?? "" };
  expect((await one.at.code(system, browser, quiet)).code).not.toBeNull();
  two.letKeysAge(PUBLISHED_AFTER);
  await Promise.all([signIns(two, system, browser), one.keys.lookAgain(), other.keys.lookAgain()]);
  await signIns(two, system, browser);
  const set = await one.at.ask("/oidc/jwks");
  expect(set.body).toContain(made);
  expect(set.body).not.toContain(old);
  expect(set.headers.get("cache-control")).toBe("public, max-age=300");
});
