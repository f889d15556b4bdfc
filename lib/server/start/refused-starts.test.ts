import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { keyPurposes } from "#lib/kernel/keyring.ts";
import { settleConfig } from "./settle-config.ts";
import { StartRefused } from "./start-refused.ts";

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "kunci-refused-"));
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

const forget = () => {
  const memory = globalThis as { kunciConfigured?: unknown; kunciConfig?: unknown };
  delete memory.kunciConfigured;
  delete memory.kunciConfig;
};
afterEach(forget);

const key = (bytes = 32) => randomBytes(bytes).toString("base64url");
const ring = (more: object = {}) =>
  JSON.stringify({
    ...Object.fromEntries(keyPurposes.map((purpose) => [purpose, { current: "k1", keys: { k1: key() } }])),
    ...more,
  });

function keysFile(name: string, content = ring(), mode = 0o600): string {
  const file = path.join(folder, name);
  fs.writeFileSync(file, content);
  fs.chmodSync(file, mode);
  return file;
}

type Env = Record<string, string | undefined>;

const whole = (more: Env = {}): Env => ({
  DATABASE_URL: "postgres://kunci_app:geheim@127.0.0.1:9/kunci",
  ORIGIN: "https://kunci.contoh.example.gov.my",
  SMTP_URL: "smtp://127.0.0.1:9",
  KUNCI_KEYS_FILE: keysFile("whole.json"),
  ...more,
});

/** What the start refuses before it takes the port, builds or reaches for a database. */
function refusals(env: Env): readonly string[] {
  forget();
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  try {
    settleConfig();
    return [];
  } catch (fault) {
    if (fault instanceof StartRefused) return fault.lines;
    throw fault;
  }
}

test("a whole configuration is not refused", () => {
  expect(refusals(whole())).toEqual([]);
});

describe("production says in one line", () => {
  const pathOf = (name: string) => path.join(folder, name);
  test.each<[string, () => Env, (string | RegExp)[]]>([
    [
      "that the embedded database is not for it",
      () => whole({ DATABASE_URL: undefined, KUNCI_MODE: "production" }),
      ["DATABASE_URL is not set; the embedded database is for demonstrations"],
    ],
    [
      "that its origin is missing",
      () => whole({ ORIGIN: undefined }),
      ["ORIGIN must be set to the portal's address, beginning with https://"],
    ],
    [
      "that its origin is http",
      () => whole({ ORIGIN: "http://kunci.contoh.example.gov.my" }),
      ["ORIGIN must be set to the portal's address, beginning with https://"],
    ],
    [
      "that letters have no way out, and the visible mailbox is none",
      () => whole({ SMTP_URL: undefined }),
      ["RESEND_API_KEY or SMTP_URL must be set; the visible mailbox is for demonstrations"],
    ],
    [
      "that it has no keys",
      () => whole({ KUNCI_KEYS_FILE: undefined }),
      ["KUNCI_KEYS or KUNCI_KEYS_FILE must be set; production never makes its own keys"],
    ],
    [
      "that the keys are given twice",
      () => whole({ KUNCI_KEYS: ring() }),
      ["KUNCI_KEYS and KUNCI_KEYS_FILE are both set; set one of them"],
    ],
    [
      "that the keys' file is not there",
      () => whole({ KUNCI_KEYS_FILE: pathOf("gone.json") }),
      [/gone\.json cannot be read \(ENOENT\)$/],
    ],
    [
      "that others may read the keys, and how to mend it",
      () => whole({ KUNCI_KEYS_FILE: keysFile("open.json", ring(), 0o640) }),
      [/open\.json can be read by others \(mode 640\)\. Run: chmod 600 .*open\.json$/],
    ],
    [
      "that a key is short",
      () =>
        whole({ KUNCI_KEYS_FILE: keysFile("short.json", ring({ link: { current: "k1", keys: { k1: key(16) } } })) }),
      [/short\.json: link: key "k1" has 16 bytes; it must be 32 random bytes as base64url$/],
    ],
    [
      "that a purpose has no key",
      () => whole({ KUNCI_KEYS_FILE: undefined, KUNCI_KEYS: ring({ audit: undefined }) }),
      ["KUNCI_KEYS: audit is missing"],
    ],
  ])("%s", (_, env, words) => {
    const wanted = env();
    expect(refusals(wanted)).toEqual(
      words.map((line) => (typeof line === "string" ? line : expect.stringMatching(line))),
    );
  });
});

test("the real start names all of it at once, a line each, ends with 1, and has written nothing", async () => {
  const dataDir = path.join(folder, "data");
  const half = keysFile("half.json", ring({ audit: undefined, link: { current: "k1", keys: { k1: key(31) } } }));
  const child = spawn(process.execPath, ["lib/server/launch.mjs"], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "production",
      KUNCI_MODE: "production",
      KUNCI_DATA_DIR: dataDir,
      KUNCI_KEYS_FILE: half,
      ORIGIN: "http://kunci.contoh.example.gov.my",
      TRUSTED_PROXIES: "everybody",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) child[name].on("data", (chunk: Buffer) => (said[name] += chunk));
  const code = await new Promise<number | null>((done) => child.once("close", done));
  expect(said.stderr.trimEnd().split("\n")).toEqual([
    'kunci: TRUSTED_PROXIES holds "everybody"; each of its comma-separated entries must be an address or a CIDR such as 10.0.0.0/8',
    expect.stringMatching(/^kunci: DATABASE_URL /),
    expect.stringMatching(/^kunci: ORIGIN /),
    expect.stringMatching(/^kunci: RESEND_API_KEY or SMTP_URL /),
    expect.stringMatching(/^kunci: .*half\.json: link: key "k1" has 31 bytes/),
    expect.stringMatching(/^kunci: .*half\.json: audit is missing$/),
  ]);
  expect(said.stdout).toBe("");
  expect(code).toBe(1);
  expect(fs.existsSync(dataDir), "nothing is written").toBe(false);
});
