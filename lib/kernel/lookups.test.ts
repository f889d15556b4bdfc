import { expect, test } from "vitest";
import { blindIndex } from "./blind-index.ts";
import { digest, keyedHash } from "./digest.ts";
import { currentKey, type Keyring, type KeySet, keyPurposes } from "./keyring.ts";

const setOf = (byte: number): KeySet => ({ current: "a", keys: { a: Buffer.alloc(32, byte) } });
const keysOf = (byte: number) =>
  Object.fromEntries(keyPurposes.map((purpose, at) => [purpose, setOf(byte + at)])) as Keyring;

test("an identity is always found under the same index, and only with the lookup key", () => {
  const identity = { type: "mykad", number: "900101140000" } as const;
  const index = blindIndex(keysOf(1), identity);
  expect(index).toMatch(/^[\w-]{43}$/);
  expect(blindIndex(keysOf(1), { ...identity })).toBe(index);
  expect(blindIndex(keysOf(9), identity)).not.toBe(index);
  expect(blindIndex({ ...keysOf(9), lookup: keysOf(1).lookup }, identity)).toBe(index);
});

test("two people never share an index: not by number, type or country", () => {
  const keys = keysOf(1);
  const indexes = [
    blindIndex(keys, { type: "mykad", number: "900101140000" }),
    blindIndex(keys, { type: "mykad", number: "900102140000" }),
    blindIndex(keys, { type: "passport", country: "ID", number: "900101140000" }),
    blindIndex(keys, { type: "passport", country: "SG", number: "900101140000" }),
  ];
  expect(new Set(indexes).size).toBe(4);
});

test("a keyed hash differs by key, purpose and value, and purpose and value cannot run into each other", () => {
  const hash = (byte: number, purpose: string, value: string) => keyedHash(setOf(byte), purpose, value).toString("hex");
  expect(hash(1, "a", "b")).toBe(hash(1, "a", "b"));
  expect(
    new Set([
      hash(1, "a", "b"),
      hash(2, "a", "b"),
      hash(1, "b", "b"),
      hash(1, "a", "a"),
      hash(1, "ab", ""),
      hash(1, "", "ab"),
    ]).size,
  ).toBe(6);
});

test("a digest is SHA-256 in base64url", () => {
  // FIPS 180-4, the example "abc".
  expect(Buffer.from(digest("abc"), "base64url").toString("hex")).toBe(
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  );
});

test("a set whose current key is missing is a fault that names it", () => {
  expect(() => currentKey({ current: "2027", keys: {} })).toThrow(/2027/);
});
