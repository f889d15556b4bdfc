import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { backup } from "./backup.ts";
import { restore } from "./restore.ts";

const given = (operands: string[], values: Record<string, string> = {}) => ({
  operands,
  values: new Map(Object.entries(values)),
});

test.each([
  ["nobody it is for", []],
  ["nobody it is for", ["copy.age"]],
  ["no file to look at", ["verify"]],
  ["no identity to look with", ["verify", "copy.age"]],
])("a backup with %s is not understood", async (_, operands) => {
  const said = vi.spyOn(console, "error").mockReturnValue();
  expect(await backup.run(new Set(), given(operands))).toBe(2);
  expect(await restore.run(new Set(), given(operands))).toBe(2);
  expect(said).toHaveBeenCalledWith(expect.stringContaining("Usage: npm run kunci"));
});

test("a new identity is its owner's to read, fits the key that is printed, and is never written over", async () => {
  const here = fs.mkdtempSync(path.join(os.tmpdir(), "kunci-identity-"));
  onTestFinished(() => fs.rmSync(here, { recursive: true }));
  const file = path.join(here, "identity.txt");
  const said = vi.spyOn(console, "log").mockReturnValue();
  expect(await backup.run(new Set(), given(["identity", file]))).toBe(0);
  const text = fs.readFileSync(file, "utf8");
  expect(text).toMatch(/^# public key: (age1[a-z0-9]+)\nAGE-SECRET-KEY-1[A-Z0-9]+\n$/);
  expect(said.mock.calls).toEqual([[/age1[a-z0-9]+/.exec(text)?.[0]]]);
  expect(fs.statSync(file).mode & 0o777).toBe(0o600);
  await expect(backup.run(new Set(), given(["identity", file]))).rejects.toThrow("never written over");
  expect(fs.readFileSync(file, "utf8")).toBe(text);
});

test("what cannot be read is told before a database is asked for", async () => {
  await expect(restore.run(new Set(), given(["copy.age"], { "--identity": "/nowhere" }))).rejects.toThrow(
    "--identity cannot be read (ENOENT)",
  );
});
