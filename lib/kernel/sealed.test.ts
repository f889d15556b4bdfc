import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { KeySet } from "./keyring.ts";
import { seal, sealBytes, unseal, unsealBytes } from "./sealed.ts";

const set: KeySet = { current: "k2", keys: { k1: Buffer.alloc(32, 1), k2: Buffer.alloc(32, 2) } };
const sealed = seal(set, randomBytes, "mykad:900101140000", "account.identity", "row-1");
const [keyId = "", iv = "", rest = ""] = sealed.split(".");
const bytes = Buffer.from(rest, "base64url");
const flipped = Buffer.from(bytes.map((byte, at) => (at === 20 ? byte ^ 1 : byte)));

describe("a sealed value", () => {
  test("opens for the purpose and the owner it was sealed for, whatever it holds", () => {
    for (const plain of ["", "mykad:900101140000", "😀 \0 né", "a".repeat(10_000)]) {
      expect(unseal(set, seal(set, randomBytes, plain, "p", "o"), "p", "o")).toBe(plain);
    }
  });

  test("tells nothing of what it holds, and is never the same twice", () => {
    const again = seal(set, randomBytes, "mykad:900101140000", "account.identity", "row-1");
    expect(again).not.toBe(sealed);
    expect(Buffer.from(sealed.split(".")[2] ?? "", "base64url").includes("900101")).toBe(false);
  });

  test("does not open in another column or row, nor where the two are drawn differently", () => {
    expect(() => unseal(set, sealed, "account.mobile", "row-1")).toThrow();
    expect(() => unseal(set, sealed, "account.identity", "row-2")).toThrow();
    expect(() => unseal(set, seal(set, randomBytes, "a", "p", "q"), "p\0q", "")).toThrow();
  });

  test("names the key it was sealed with, and opens after a rotation as long as that key is kept", () => {
    const before = seal({ ...set, current: "k1" }, randomBytes, "a", "p", "o");
    expect(before.split(".")[0]).toBe("k1");
    expect(sealed.split(".")[0]).toBe("k2");
    expect(unseal(set, before, "p", "o")).toBe("a");
    expect(() => unseal({ current: "k2", keys: { k2: Buffer.alloc(32, 2) } }, before, "p", "o")).toThrow(/key/);
  });

  test.each([
    ["another key's name", `k1.${iv}.${rest}`],
    ["a key that is not there", `__proto__.${iv}.${rest}`],
    ["another start", `${keyId}.${randomBytes(12).toString("base64url")}.${rest}`],
    ["one bit changed", `${keyId}.${iv}.${flipped.toString("base64url")}`],
    ["its end cut off", sealed.slice(0, -4)],
    ["nothing but half a tag", `${keyId}.${iv}.${bytes.subarray(0, 8).toString("base64url")}`],
    ["nothing", ""],
    ["text in the clear", "mykad:900101140000"],
  ])("does not open with %s", (_, value) => {
    expect(() => unseal(set, value, "account.identity", "row-1")).toThrow();
  });

  test("cannot be made without the current key", () => {
    expect(() => seal({ current: "gone", keys: set.keys }, randomBytes, "a", "p", "o")).toThrow(/gone/);
  });
});

describe("sealed bytes", () => {
  const plain = randomBytes(1_000);
  const body = sealBytes(set, randomBytes, plain, "p", "o");

  test("open for the purpose and the owner they were sealed for, after a rotation too", () => {
    expect(unsealBytes(set, body, "p", "o").equals(plain)).toBe(true);
    const before = sealBytes({ ...set, current: "k1" }, randomBytes, plain, "p", "o");
    expect(unsealBytes(set, before, "p", "o").equals(plain)).toBe(true);
    expect(unsealBytes(set, sealBytes(set, randomBytes, Buffer.alloc(0), "p", "o"), "p", "o")).toHaveLength(0);
  });

  test("do not open elsewhere, altered, cut short, or without their key", () => {
    expect(() => unsealBytes(set, body, "q", "o")).toThrow();
    expect(() => unsealBytes(set, body, "p", "another")).toThrow();
    for (const at of [0, 1, 4, 20, body.length - 1])
      expect(() =>
        unsealBytes(set, Buffer.from(body.map((byte, n) => (n === at ? byte ^ 1 : byte))), "p", "o"),
      ).toThrow();
    for (const length of [0, 1, 10, 40, body.length - 1])
      expect(() => unsealBytes(set, body.subarray(0, length), "p", "o")).toThrow();
    expect(() => unsealBytes({ current: "k1", keys: { k1: Buffer.alloc(32, 1) } }, body, "p", "o")).toThrow(/key/);
  });
});
