import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { type Keyring, type KeySet, keyPurposes } from "#lib/kernel/keyring.ts";
import type { Config } from "../config.ts";
import { StartRefused } from "./start-refused.ts";

const KEY_BYTES = 32;
const KEY_ID = /^[A-Za-z0-9-]{1,40}$/;
const OWNER_ONLY = 0o077;

/**
 * The keys of the deployment: `KUNCI_KEYS`, else the file of `KUNCI_KEYS_FILE`, else (demo only) `keys.json` in the data
 * folder, made where `mayMake` and none is there. Throws `StartRefused` naming each key that is missing, short or malformed;
 * never writes over a file.
 */
export function loadKeyring(config: Pick<Config, "keysJson" | "keysFile" | "dataDir">, mayMake: boolean): Keyring {
  const file = keysFileOf(config);
  if (config.keysJson || file === null) return parseKeyring(config.keysJson ?? "", "KUNCI_KEYS");
  if (!config.keysFile && !fs.existsSync(file)) {
    if (!mayMake)
      throw new StartRefused([
        `${file} is missing, but the database was written with keys that were in it. Put the file back; new keys could read nothing of what lies there. To begin anew, remove the whole folder ${config.dataDir}.`,
      ]);
    makeKeys(file);
  }
  return readKeyring(file);
}

/** Where the keys lie; null where the environment brings them. */
export const keysFileOf = (config: Pick<Config, "keysJson" | "keysFile" | "dataDir">): string | null =>
  config.keysJson ? null : (config.keysFile ?? path.join(/* turbopackIgnore: true */ config.dataDir, "keys.json"));

/** The keys of a file that is there. Throws `StartRefused` as `loadKeyring` does. */
export const readKeyring = (file: string): Keyring => parseKeyring(readKeysFile(file), file);

function readKeysFile(file: string): string {
  try {
    const { mode } = fs.statSync(file);
    if ((mode & OWNER_ONLY) !== 0)
      throw new StartRefused([
        `${file} can be read by others (mode ${(mode & 0o777).toString(8)}). Run: chmod 600 ${file}`,
      ]);
    return fs.readFileSync(file, "utf8");
  } catch (fault) {
    if (fault instanceof StartRefused) throw fault;
    throw new StartRefused([
      `The keys file ${file} cannot be read (${(fault as NodeJS.ErrnoException).code ?? "unknown"})`,
    ]);
  }
}

/** As a keys file holds them. Whoever sees this can read everything. */
export const keysJson = (keys: Keyring): string =>
  `${JSON.stringify(
    Object.fromEntries(
      keyPurposes.map((purpose) => {
        const { current, keys: held } = keys[purpose];
        const texts = Object.entries(held).map(([id, key]) => [id, key.toString("base64url")]);
        return [purpose, { current, keys: Object.fromEntries(texts) }];
      }),
    ),
    null,
    2,
  )}\n`;

function makeKeys(file: string): void {
  const made = Object.fromEntries(
    keyPurposes.map((purpose) => [
      purpose,
      { current: "k1", keys: { k1: randomBytes(KEY_BYTES).toString("base64url") } },
    ]),
  );
  fs.mkdirSync(path.dirname(file), { recursive: true });
  // "wx" refuses a file that another start has made in between.
  fs.writeFileSync(file, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600, flag: "wx" });
}

/** Reads `{ "sealing": { "current": "k1", "keys": { "k1": "32 bytes as base64url" } }, … }`, all five purposes. `source` names it in refusals. */
export function parseKeyring(json: string, source: string): Keyring {
  const found = parseJson(json);
  if (!isRecord(found)) throw new StartRefused([`${source} does not hold keys: it is no JSON object`]);
  const problems: string[] = [];
  const sets = keyPurposes.map(
    (purpose) => [purpose, readSet(found[purpose], `${source}: ${purpose}`, problems)] as const,
  );
  if (problems.length > 0) throw new StartRefused(problems);
  return Object.fromEntries(sets) as Keyring;
}

function readSet(found: unknown, name: string, problems: string[]): KeySet {
  if (!isRecord(found)) {
    problems.push(`${name} is missing`);
    return { current: "", keys: {} };
  }
  const keys: Record<string, Buffer> = {};
  for (const [id, text] of Object.entries(isRecord(found.keys) ? found.keys : {})) {
    const key = typeof text === "string" ? Buffer.from(text, "base64url") : Buffer.alloc(0);
    if (!KEY_ID.test(id)) problems.push(`${name}: the key id "${id}" must be letters, digits and dashes`);
    else if (key.length === KEY_BYTES) keys[id] = key;
    else
      problems.push(`${name}: key "${id}" has ${key.length} bytes; it must be ${KEY_BYTES} random bytes as base64url`);
  }
  const current = typeof found.current === "string" ? found.current : "";
  if (problems.length === 0 && !keys[current])
    problems.push(`${name}: the current key "${current}" is not among its keys`);
  return { current, keys };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
