import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { days } from "#lib/kernel/time.ts";
import { replaceKeys, WRITTEN_WITHIN } from "#lib/server/keys/replace-keys.ts";
import { withNewKey, writeKeysFile } from "#lib/server/keys/write-keys-file.ts";
import { keysJson, readKeyring } from "#lib/server/start/keys.ts";
import { readConfig } from "#lib/server/start/read-config.ts";
import { holderOf } from "#lib/testing/key-holders.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { addKey, removeKey, showKeys } from "./deployment-keys.ts";

let said: string[] = [];
beforeEach(() => {
  said = [];
  for (const how of ["log", "error"] as const)
    vi.spyOn(console, how).mockImplementation((line) => void said.push(String(line)));
  vi.spyOn(process.stdout, "write").mockImplementation((text) => Boolean(said.push(String(text))));
  return () => vi.restoreAllMocks();
});

/** A portal of one instance whose keys lie in a file, and the operator beside it. */
async function deployment() {
  const world = await newWorld();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "kunci-keys-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, "keys.json");
  fs.writeFileSync(file, keysJson(world.ctx.keys), { mode: 0o600 });
  const config = readConfig({ KUNCI_DATA_DIR: folder });
  const one = await holderOf(world, "one");
  const operator = () => ({ ...world.ctx, keys: readKeyring(file) });
  return { world, file, config, one, operator };
}

test("a sealing key is made, handed out, followed, and the former one taken away when nothing needs it", async () => {
  const { world, file, config, one, operator } = await deployment();
  await world.account();
  expect(await addKey(operator(), config, { purpose: "sealing", print: false })).toBe(0);
  expect(fs.statSync(file).mode & 0o777).toBe(0o600);
  expect(fs.readdirSync(path.dirname(file)), "nothing is left beside it").toEqual(["keys.json"]);
  const { sealing } = readKeyring(file);
  expect(sealing.keys.test).toEqual(world.ctx.keys.sealing.keys.test);
  expect(sealing.current).toMatch(/^k2-[\da-f]{4}$/);

  await one.given(readKeyring(file));
  const former = { purpose: "sealing", keyId: "test", print: false };
  expect(await removeKey(operator(), config, former)).toBe(1);
  expect(said.at(-1)).toContain('the sealing key "test" must stay: 1 values still need it');
  expect(await removeKey(operator(), config, { ...former, keyId: sealing.current }), "nor the one that writes").toBe(1);

  world.moveClock(WRITTEN_WITHIN);
  await one.beat();
  await replaceKeys(one.system, () => true);
  expect(await removeKey(operator(), config, former)).toBe(0);
  expect(Object.keys(readKeyring(file).sealing.keys)).toEqual([sealing.current]);
  await one.ends();
  const restarted = await holderOf(world, "one", readKeyring(file));
  said = [];
  await showKeys({ ...world.ctx, keys: restarted.keys }, false);
  expect(said.filter((line) => line.startsWith("sealing"))).toEqual([
    expect.stringContaining(`${sealing.current}      writes`),
  ]);
});

test("of a purpose one new key is handed out at a time, and a purpose must be one there is", async () => {
  const { config, one, file, operator } = await deployment();
  expect(await addKey(operator(), config, { purpose: "signing", print: false })).toBe(2);
  await addKey(operator(), config, { purpose: "lookup", print: false });
  const given = fs.readFileSync(file, "utf8");
  await one.given(readKeyring(file));
  expect(await addKey({ ...operator(), keys: one.keys }, config, { purpose: "lookup", print: false })).toBe(1);
  expect(said.at(-1)).toContain("is still being replaced");
  expect(fs.readFileSync(file, "utf8")).toBe(given);
});

test("a link key reads for as long as a letter may be of use; one that others know may be ended before", async () => {
  const { world, file, config, one, operator } = await deployment();
  await addKey(operator(), config, { purpose: "link", print: false });
  await one.given(readKeyring(file));
  world.moveClock(days(30));
  await one.beat();
  const former = { purpose: "link", keyId: "test", print: false };
  expect(await removeKey(operator(), config, former)).toBe(1);
  expect(said.at(-1)).toContain("what it made is of use until 2026-12-27");
  expect(await removeKey(operator(), config, { ...former, compromised: true })).toBe(0);
  await one.ends();
  await expect(holderOf(world, "one", readKeyring(file)), "an instance starts without it").resolves.toBeDefined();
});

test("an audit key stays for as long as its seals, be it known to others or not", async () => {
  const { world, file, config, one, operator } = await deployment();
  await world.owner.query(`insert into audit_seal (number, sealed_at, last_id, row_count, entries, key_id, signature)
    values (1, now(), 1, 1, '', 'test', 'x')`);
  await addKey(operator(), config, { purpose: "audit", print: false });
  await one.given(readKeyring(file));
  world.moveClock(WRITTEN_WITHIN);
  await one.beat();
  expect(await replaceKeys(one.system, () => true)).toBeNull();
  expect(
    await removeKey(operator(), config, { purpose: "audit", keyId: "test", print: false, compromised: true }),
  ).toBe(1);
  expect(said.at(-1)).toContain("1 seals of the audit trail");
});

test("printed, the keys go to standard output alone, and no file is touched", async () => {
  const { file, config, operator } = await deployment();
  const before = fs.readFileSync(file, "utf8");
  expect(await addKey(operator(), config, { purpose: "cookie", print: true })).toBe(0);
  expect(fs.readFileSync(file, "utf8")).toBe(before);
  expect(Object.keys(JSON.parse(said[0] ?? "").cookie.keys)).toHaveLength(2);
});

test("a file that somebody else changed meanwhile is left as it is", async () => {
  const { file, operator } = await deployment();
  const found = operator().keys;
  fs.writeFileSync(file, keysJson(withNewKey(found, "link").keys));
  const theirs = fs.readFileSync(file, "utf8");
  expect(() => writeKeysFile(file, found, withNewKey(found, "sealing").keys)).toThrow("changed by somebody else");
  expect(fs.readFileSync(file, "utf8")).toBe(theirs);
});
