import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { writeSettings } from "./write-settings.ts";

test("a shell that reads the settings has each of them as it is, and nobody else may read the file", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "kunci-settings-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true }));
  const file = path.join(folder, "env");
  const settings = { MAIL_FROM: "Kunci <kunci@contoh.example.gov.my>", DATABASE_URL: "postgres://a:$b`c&d@e/f?g=h" };
  writeSettings(file, settings);
  expect(fs.statSync(file).mode & 0o777).toBe(0o600);
  const { stdout } = spawnSync("sh", ["-c", `set -a; . ${file}; printf '%s\\n%s' "$MAIL_FROM" "$DATABASE_URL"`], {
    encoding: "utf8",
  });
  expect(stdout.split("\n")).toEqual([settings.MAIL_FROM, settings.DATABASE_URL]);
  expect(() => writeSettings(file, { MAIL_FROM: "O'Neil <x@y>" })).toThrow("MAIL_FROM");
});
