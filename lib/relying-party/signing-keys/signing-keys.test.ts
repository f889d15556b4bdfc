import { createPublicKey, type JsonWebKey, randomBytes, verify } from "node:crypto";
import { expect, test } from "vitest";
import { signingKey } from "#db/schema/relying-party.ts";
import { after, days, hours, minutes, seconds } from "#lib/kernel/time.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { ensureSigningKeys } from "./ensure-signing-keys.ts";
import { followSigningKeys } from "./follow-signing-keys.ts";
import { keepSigningKeys } from "./keep-signing-keys.ts";
import { KEY_SET_FRESH_FOR, PUBLISHED_AFTER, PUBLISHED_AHEAD, ROTATED_AFTER } from "./key-life.ts";
import { readSigningKeys } from "./read-signing-keys.ts";
import { rotateSigningKeys } from "./rotate-signing-keys.ts";
import { signJwt } from "./sign-jwt.ts";
import { withdrawSigningKeys } from "./withdraw-signing-keys.ts";

/** Making an RSA key takes a while: where it is not about RSA, the one of the elliptic curve stands for both. */
const rotate = (world: World, ahead = PUBLISHED_AHEAD.byCommand) => rotateSigningKeys(world.ctx, ahead, ["ES256"]);

const signer = async (world: World) => (await readSigningKeys(world.ctx)).find(({ alg }) => alg === "ES256")?.kid;
const kids = async (world: World) => (await readSigningKeys(world.ctx)).map(({ kid }) => kid).sort();

test("instances that start at once on an empty database make one key of each algorithm, which sign at once", async () => {
  const world = await newWorld();
  await Promise.all(Array.from({ length: 6 }, () => ensureSigningKeys(world.ctx)));
  const keys = await readSigningKeys(world.ctx);
  expect(keys.map(({ alg, signsFrom }) => ({ alg, signsFrom }))).toEqual([
    { alg: "RS256", signsFrom: world.now() },
    { alg: "ES256", signsFrom: world.now() },
  ]);
  await ensureSigningKeys(world.ctx);
  expect(await kids(world)).toEqual(keys.map(({ kid }) => kid).sort());
  expect(await world.events("signing_key.made")).toHaveLength(2);
});

test("the private part lies sealed, for this key alone", async () => {
  const world = await newWorld();
  await rotate(world);
  const [row] = await world.db.select().from(signingKey);
  expect(row?.publicJwk).not.toHaveProperty("d");
  expect(row?.privateSealed).toMatch(/^test\./);
  await rotateSigningKeys(world.ctx, minutes(10), ["ES256"]);
  await world.db.update(signingKey).set({ privateSealed: "test.AAAA.AAAA" });
  await expect(readSigningKeys(world.ctx)).rejects.toThrow();
});

test("a new key is published for longer than anybody keeps the set before it signs, the old one for long after", async () => {
  const world = await newWorld();
  await rotate(world);
  const old = await signer(world);
  world.moveClock(days(30));
  const [made] = await rotate(world);
  expect(made).toMatchObject({ alg: "ES256", made: true, signsFrom: after(world.now(), minutes(10)) });
  expect(PUBLISHED_AHEAD.byCommand).toBeGreaterThan(KEY_SET_FRESH_FOR);
  expect(await kids(world)).toHaveLength(2);

  world.moveClock((minutes(10) - seconds(1)) as typeof KEY_SET_FRESH_FOR);
  expect(await signer(world)).toBe(old);
  world.moveClock(seconds(1));
  expect(await signer(world)).toBe(made?.kid);

  // As long as a session may be ended with an ID token that the old one signed.
  world.moveClock(hours(13));
  expect(await kids(world)).toContain(old);
  world.moveClock(PUBLISHED_AFTER);
  expect(await kids(world)).toEqual([made?.kid]);
});

test("a rotation that is asked for again before it is over makes nothing more, however many ask at once", async () => {
  const world = await newWorld();
  await rotate(world);
  const asked = await Promise.all(Array.from({ length: 5 }, () => rotate(world)));
  expect(asked.filter(([each]) => each?.made)).toHaveLength(1);
  expect(new Set(asked.map(([each]) => each?.kid)).size).toBe(1);
  expect(await kids(world)).toHaveLength(2);
});

test("keys that came into wrong hands are gone at once, and one that waited with them", async () => {
  const world = await newWorld();
  await rotate(world);
  await rotate(world);
  const before = await kids(world);
  const made = await withdrawSigningKeys(world.ctx);
  expect(made.map(({ signsFrom }) => signsFrom)).toEqual([world.now(), world.now()]);
  expect(await kids(world)).toEqual(made.map(({ kid }) => kid).sort());
  expect(before).toHaveLength(2);
});

test("the clock replaces a key after 90 days, publishes the next a while ahead, and destroys the old one in the end", async () => {
  const world = await newWorld();
  await ensureSigningKeys(world.ctx);
  expect(await keepSigningKeys(world.asSystem())).toBeNull();
  world.moveClock(ROTATED_AFTER);
  expect(await keepSigningKeys(world.asSystem())).toEqual({ made: 2, retired: 0, resealed: 0 });
  expect(await keepSigningKeys(world.asSystem())).toBeNull();
  const old = await signer(world);
  world.moveClock(PUBLISHED_AHEAD.bySchedule);
  expect(await signer(world)).not.toBe(old);
  world.moveClock(PUBLISHED_AFTER);
  expect(await keepSigningKeys(world.asSystem())).toEqual({ made: 0, retired: 2, resealed: 0 });
  expect(await world.db.select().from(signingKey)).toHaveLength(2);
  expect(await world.events("signing_key.retired")).toHaveLength(2);
});

test("what the deployment’s former key seals is sealed anew, and opens without that one", async () => {
  const world = await newWorld();
  await rotate(world);
  const former = world.ctx.keys.sealing.keys.test ?? randomBytes(32);
  const both = { current: "n_w", keys: { test: former, n_w: randomBytes(32) } };
  const later = { ...world.asSystem(), keys: { ...world.ctx.keys, sealing: both } };
  const before = await kids(world);
  expect(await keepSigningKeys({ ...later, now: () => world.now() })).toMatchObject({ resealed: 1 });
  const alone = { current: "n_w", keys: { n_w: both.keys.n_w } };
  const opened = await readSigningKeys({ ...later, keys: { ...later.keys, sealing: alone } });
  expect(opened.map(({ kid }) => kid)).toEqual(expect.arrayContaining(before));
  expect(await keepSigningKeys(later)).toBeNull();
});

test("an instance follows what another did, and the moment a key begins to sign, and tells it once", async () => {
  const world = await newWorld();
  await ensureSigningKeys(world.ctx);
  const told: string[][] = [];
  const keys = await followSigningKeys(
    world.ctx,
    (now) => told.push(now.map(({ kid }) => kid)),
    (fault) => expect.fail(String(fault)),
  );
  const [old, other] = [keys.signer("ES256").kid, keys.signer("RS256").kid];
  expect(told).toEqual([[other, old]]);
  expect(keys.signer("PS256").kid).toBe(other);

  const [made] = await rotate(world);
  await keys.lookAgain();
  await keys.lookAgain();
  expect(told).toEqual([
    [other, old],
    [other, old, made?.kid],
  ]);
  expect(keys.signer("ES256").kid).toBe(old);

  world.moveClock(minutes(10));
  await keys.lookAgain();
  expect(keys.signer("ES256").kid).toBe(made?.kid);
  expect(told.at(-1)).toEqual([other, made?.kid, old]);
  keys.stop();
});

test.each(["RS256", "PS256", "ES256"] as const)("a token signed %s is verified by the published key", async (alg) => {
  const world = await newWorld();
  await rotateSigningKeys(world.ctx, minutes(10), [alg === "ES256" ? "ES256" : "RS256"]);
  const [key] = await readSigningKeys(world.ctx);
  const [row] = await world.db.select().from(signingKey);
  if (!key || !row) throw new Error("no key");
  const [head = "", claims = "", signature = ""] = (await signJwt(key, alg, "logout+jwt", { sid: "s" })).split(".");
  expect(JSON.parse(Buffer.from(head, "base64url").toString())).toEqual({ alg, typ: "logout+jwt", kid: key.kid });
  const publicKey = createPublicKey({ key: row.publicJwk as JsonWebKey, format: "jwk" });
  const how =
    alg === "PS256" ? { padding: 6, saltLength: 32 } : alg === "ES256" ? { dsaEncoding: "ieee-p1363" as const } : {};
  expect(
    verify("sha256", Buffer.from(`${head}.${claims}`), { key: publicKey, ...how }, Buffer.from(signature, "base64url")),
  ).toBe(true);
});
