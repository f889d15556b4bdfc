import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Db } from "#db/client.ts";
import { type Keyring, keyPurposes } from "#lib/kernel/keyring.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { joinKeys } from "../keys/join-keys.ts";
import { hasKeyChecks, wrongKeys } from "./check-keys.ts";
import { loadKeyring, parseKeyring } from "./keys.ts";
import { readConfig } from "./read-config.ts";
import { StartRefused } from "./start-refused.ts";

let dataDir: string;
beforeEach(() => {
  dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "kunci-keys-"));
});
afterEach(() => fs.rmSync(dataDir, { recursive: true, force: true }));

const demo = () => readConfig({ KUNCI_DATA_DIR: dataDir });
const file = () => path.join(dataDir, "keys.json");
const random = () => randomBytes(32).toString("base64url");
const good = () =>
  Object.fromEntries(keyPurposes.map((purpose) => [purpose, { current: "k2", keys: { k1: random(), k2: random() } }]));

function told(act: () => unknown): readonly string[] {
  try {
    act();
  } catch (fault) {
    if (fault instanceof StartRefused) return fault.lines;
    throw fault;
  }
  return [];
}

describe("the keys of a demonstration", () => {
  test("are made once, for its owner's eyes alone, and are the same ever after", () => {
    const made = loadKeyring(demo(), true);
    expect(fs.statSync(file()).mode & 0o777).toBe(0o600);
    expect(loadKeyring(demo(), true)).toEqual(made);
    for (const purpose of keyPurposes) expect(made[purpose].keys[made[purpose].current]).toHaveLength(32);
  });

  test("are not made anew where the database was written with others", () => {
    expect(told(() => loadKeyring(demo(), false))).toEqual([expect.stringContaining("keys.json is missing")]);
    expect(fs.existsSync(file())).toBe(false);
  });

  test("that others may read are refused, and stay as they are", () => {
    loadKeyring(demo(), true);
    fs.chmodSync(file(), 0o640);
    const before = fs.readFileSync(file(), "utf8");
    expect(told(() => loadKeyring(demo(), true))).toEqual([expect.stringContaining("chmod 600")]);
    expect(fs.readFileSync(file(), "utf8")).toBe(before);
  });

  test("that are damaged are refused, and stay as they are", () => {
    fs.writeFileSync(file(), "{", { mode: 0o600 });
    expect(told(() => loadKeyring(demo(), true))).toEqual([expect.stringContaining("keys.json")]);
    expect(fs.readFileSync(file(), "utf8")).toBe("{");
  });
});

describe("keys that are given", () => {
  test("are read, old ones too", () => {
    const keys = parseKeyring(JSON.stringify(good()), "KUNCI_KEYS");
    expect(keys.lookup.current).toBe("k2");
    expect(Object.keys(keys.lookup.keys)).toEqual(["k1", "k2"]);
  });

  test.each([
    ["audit is missing", { audit: undefined }],
    ['link: key "k1" has 31 bytes', { link: { current: "k1", keys: { k1: randomBytes(31).toString("base64url") } } }],
    ['cookie: the current key "k9"', { cookie: { current: "k9", keys: { k1: random() } } }],
    ["sealing: the current key", { sealing: { current: "k1", keys: {} } }],
    ['lookup: the key id "a.b"', { lookup: { current: "a.b", keys: { "a.b": random() } } }],
  ])("are refused by name: %s", (words, wrong) => {
    const problems = told(() => parseKeyring(JSON.stringify({ ...good(), ...wrong }), "KUNCI_KEYS"));
    expect(problems).toEqual([expect.stringContaining(`KUNCI_KEYS: ${words}`)]);
  });

  test.each(["", "null", "[]", '"k"'])("are refused where they are no keys: %s", (json) => {
    expect(told(() => parseKeyring(json, "KUNCI_KEYS"))).toHaveLength(1);
  });

  test("in a file that is not there are refused, and none is made", () => {
    const config = { ...demo(), keysFile: path.join(dataDir, "elsewhere.json") };
    expect(told(() => loadKeyring(config, true))).toEqual([
      expect.stringContaining("elsewhere.json cannot be read (ENOENT)"),
    ]);
    expect(fs.readdirSync(dataDir)).toEqual([]);
  });
});

describe("the database", () => {
  const now = new Date("2026-11-20T07:15:00Z");
  const checkKeys = (db: Db, keys: Keyring, at: Date) =>
    joinKeys(db, keys, { id: "one", startedAt: at, works: true }, at);
  const ring = () => parseKeyring(JSON.stringify(good()), "KUNCI_KEYS");

  test("remembers which keys it was written with, and takes a new one besides", async () => {
    const { db } = await newWorld();
    expect(await hasKeyChecks(db)).toBe(false);
    const keys = ring();
    await checkKeys(db, keys, now);
    expect(await hasKeyChecks(db)).toBe(true);
    const rotated = { ...keys, link: { current: "k3", keys: { ...keys.link.keys, k3: randomBytes(32) } } };
    await checkKeys(db, rotated, now);
    await expect(checkKeys(db, keys, now)).rejects.toThrow('The link key "k3" is missing');
  });

  test("names what is wrong in one order, whichever way the database gives it", () => {
    const known = ["sealing k2", "audit k1", "sealing k1"].map((name) => {
      const [purpose = "", keyId = ""] = name.split(" ");
      return { purpose, keyId, digest: "another" };
    });
    expect(wrongKeys(known, ring())).toEqual(wrongKeys(known.toReversed(), ring()));
  });

  test("refuses others under the same names, and remembers nothing of them", async () => {
    const { db } = await newWorld();
    const keys = ring();
    await checkKeys(db, keys, now);
    const wrong = {
      ...keys,
      sealing: ring().sealing,
      audit: { current: "new", keys: { ...keys.audit.keys, new: randomBytes(32) } },
    };
    await expect(checkKeys(db, wrong, now)).rejects.toMatchObject({
      lines: [
        'The sealing key "k1" is not the one the database was written with',
        'The sealing key "k2" is not the one the database was written with',
      ],
    });
    await checkKeys(db, keys, now);
  });

  test("of two instances that begin at once with different keys lets one in", async () => {
    const { db } = await newWorld();
    const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => checkKeys(db, ring(), now)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
});
