import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readConfig } from "./read-config.ts";
import { SECRETS } from "./read-environment.ts";
import { StartRefused } from "./start-refused.ts";

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "kunci-secrets-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

function secret(name: string, value: string): string {
  const file = path.join(folder, name);
  fs.writeFileSync(file, value);
  return file;
}

function refusals(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
    return [];
  } catch (fault) {
    if (fault instanceof StartRefused) return fault.lines;
    throw fault;
  }
}

test("a secret may lie in a file, with a line's end after it", () => {
  const { databaseUrl, mail, metricsToken, mode } = readConfig({
    DATABASE_URL_FILE: secret("database-url", "postgres://kunci_app:x@db/kunci\n"),
    SMTP_URL_FILE: secret("smtp-url", "smtp://relay:25\n"),
    METRICS_TOKEN_FILE: secret("metrics-token", "a-token-of-the-monitoring\n"),
    KUNCI_KEYS_FILE: "/run/secrets/keys.json",
    ORIGIN: "https://kunci.contoh.example.gov.my",
  });
  expect({ databaseUrl, smtpUrl: mail.smtpUrl, metricsToken, mode }).toEqual({
    databaseUrl: "postgres://kunci_app:x@db/kunci",
    smtpUrl: "smtp://relay:25",
    metricsToken: "a-token-of-the-monitoring",
    mode: "production",
  });
});

test.each(SECRETS)(
  "a file of %s that is not there is told once, by its name and without what else is in the environment",
  (name) => {
    const told = refusals({ KUNCI_MODE: "demo", [`${name}_FILE`]: path.join(folder, "gone") });
    expect(told.filter((line) => line.includes("_FILE"))).toEqual([
      `${name}_FILE: ${path.join(folder, "gone")} cannot be read (ENOENT)`,
    ]);
  },
);

test("a secret that is given twice is refused", () => {
  const told = refusals({
    KUNCI_MODE: "demo",
    METRICS_TOKEN: "one-token-of-the-monitoring",
    METRICS_TOKEN_FILE: secret("metrics-token", "another-token-of-monitoring"),
  });
  expect(told).toEqual(["METRICS_TOKEN and METRICS_TOKEN_FILE are both set; set one of them"]);
});

test("what is no secret is not looked for in files", () => {
  expect(readConfig({ AGENCY_NAME_EN_FILE: secret("name", "another") }).agency.nameEn).toBe(
    "Contoh Department of Services",
  );
});

test("every setting that may lie in a file is named where operators look", () => {
  for (const page of [".env.example", "README.md"]) {
    const text = fs.readFileSync(page, "utf8");
    for (const name of SECRETS) expect(text, `${name} in ${page}`).toContain(name);
    expect(text).toContain("DATABASE_URL_FILE=");
  }
});

test.each(["secret", "a".repeat(21), "two words that are long enough"])(
  "a token of the metrics that could be found by trying, or that no header carries, is refused: %j",
  (token) =>
    expect(refusals({ KUNCI_MODE: "demo", METRICS_TOKEN: token })).toEqual([
      "METRICS_TOKEN must be 22 random characters or more, without spaces: openssl rand -hex 16",
    ]),
);
