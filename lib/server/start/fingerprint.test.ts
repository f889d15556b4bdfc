import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fingerprint } from "./fingerprint.ts";

const home = process.cwd();
let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "kunci-build-"));
  process.chdir(folder);
  for (const [file, text] of Object.entries({
    "app/page.tsx": "a",
    "app/page.test.tsx": "a",
    "package-lock.json": "{}",
    ".data/keys.json": "k",
  })) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
});
afterEach(() => {
  process.chdir(home);
  fs.rmSync(folder, { recursive: true });
});

test("a build stands for as long as what it was made of, whenever that was written", () => {
  const before = fingerprint();
  fs.utimesSync("app/page.tsx", 0, 0);
  fs.writeFileSync("app/page.test.tsx", "another test");
  fs.writeFileSync(".data/keys.json", "others");
  expect(fingerprint()).toBe(before);
});

test.each([
  ["a changed page", () => fs.writeFileSync("app/page.tsx", "b")],
  ["a new page", () => fs.writeFileSync("app/layout.tsx", "")],
  ["a page gone", () => fs.rmSync("app/page.tsx")],
  ["a page by another name", () => fs.renameSync("app/page.tsx", "app/pages.tsx")],
  ["a changed lockfile", () => fs.writeFileSync("package-lock.json", "[]")],
])("%s asks for another build", (_, change) => {
  const before = fingerprint();
  change();
  expect(fingerprint()).not.toBe(before);
});
