import { availableParallelism } from "node:os";
import { hash, verify } from "@node-rs/argon2";
import { beforeEach, expect, test, vi } from "vitest";
import { burnOne, hashSecret, hashUnder, verifySecret } from "./hashing.ts";

// The real one, watched: how long a try takes is decided by what it is given, and a clock on a busy machine would lie.
vi.mock("@node-rs/argon2", async (original) => {
  const argon2 = await original<typeof import("@node-rs/argon2")>();
  return { ...argon2, verify: vi.fn(argon2.verify) };
});
beforeEach(() => void vi.mocked(verify).mockClear());

const hashed = async (plain: string): Promise<string> => {
  const result = await hashSecret(plain);
  if (!result.ok) throw new Error(result.error);
  return result.value;
};
const right = { ok: true, value: true };
const wrong = { ok: true, value: false };

test("a secret is known again, and no other is taken for it", async () => {
  const phc = await hashed("Teh Tarik, kurang manis 7");
  expect(phc).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await verifySecret(phc, "Teh Tarik, kurang manis 7")).toEqual(right);
  expect(await verifySecret(phc, "teh tarik, kurang manis 7")).toEqual(wrong);
  expect(await verifySecret(phc, "Teh Tarik, kurang manis 7 ")).toEqual(wrong);
});

test("the same secret never has the same hash twice", async () => {
  expect(await hashed("sama")).not.toBe(await hashed("sama"));
});

test("a secret typed on a keyboard that decomposes its letters is the same", async () => {
  expect(await verifySecret(await hashed("caf\u00e9"), "cafe\u0301")).toEqual(right);
});

test("128 characters are hashed whole, emoji counting as one each; 129 are refused", async () => {
  const longest = "😀".repeat(127);
  const phc = await hashed(`${longest}a`);
  expect(await verifySecret(phc, `${longest}b`)).toEqual(wrong);
  expect(await hashSecret(`${longest}ab`)).toEqual({ ok: false, error: "secret_too_long" });
});

test("a secret too long is wrong without the work of a hash", async () => {
  const phc = await hashed("a".repeat(128));
  expect(await verifySecret(phc, "a".repeat(10_000_000))).toEqual(wrong);
});

test("under one salt a secret has one hash, at the same price, and every verifier knows it", async () => {
  const salt = Buffer.alloc(16, 7);
  const [once, again, other] = [
    await hashUnder(salt, "7K2M"),
    await hashUnder(salt, "7K2M"),
    await hashUnder(salt, "7K2N"),
  ];
  expect(once).toEqual(again);
  expect(other).not.toEqual(once);
  if (!once.ok) throw new Error(once.error);
  expect(once.value).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$BwcHBwcHBwcHBwcHBwcHBw\$/);
  expect(await verifySecret(once.value, "7K2M")).toEqual(right);
  expect(await hashUnder(salt, "a".repeat(129))).toEqual({ ok: false, error: "secret_too_long" });
});

test("nobody's secret is never right, at the price of a real one", async () => {
  expect(await burnOne("apa sahaja")).toEqual(wrong);
  const against = String(vi.mocked(verify).mock.lastCall?.[0]);
  // Everything that decides the price: the parameters, and how long the salt and the hash are.
  const price = (phc: string) => phc.split("$").map((part, at) => (at >= 4 ? part.length : part));
  expect(price(against)).toEqual(price(await hashed("sebenar")));
});

test("what is no hash is a fault, and does not keep the place of the one after it", async () => {
  const tries = Array.from({ length: 2 * availableParallelism() }, () => verifySecret("bukan hash", "a"));
  for (const result of await Promise.allSettled(tries)) expect(result.status).toBe("rejected");
  expect(await burnOne("a")).toEqual(wrong);
});

test("when too many wait, those after them are told at once, and those at work are served", async () => {
  const cores = availableParallelism();
  const places = cores + 250 * cores;
  const quick = await hash("b", { memoryCost: 8, timeCost: 1, parallelism: 1 });
  const all = await Promise.all(Array.from({ length: places + 20 }, () => verifySecret(quick, "a")));
  const busy = { ok: false, error: "busy" };
  expect(all.slice(places)).toEqual(Array(20).fill(busy));
  expect(all.slice(0, cores)).toEqual(Array(cores).fill(wrong));
  // In between, a slow machine refuses whom it would keep waiting for more than ten seconds.
  for (const result of all) expect([wrong, busy]).toContainEqual(result);
  expect(await burnOne("a")).toEqual(wrong);
});
