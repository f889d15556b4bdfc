import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { connect } from "#db/client.ts";
import { startEmbedded } from "#db/embedded.ts";
import { migrate } from "#db/migrate.ts";
import type { Context } from "#lib/kernel/context.ts";
import { type Keyring, keyPurposes } from "#lib/kernel/keyring.ts";
import { prepareQueues } from "#lib/server/jobs/prepare-queues.ts";
import { prepareBanks } from "#lib/server/start/prepare-banks.ts";
import { applyRegister } from "#lib/staff-register/import/apply-register.ts";
import { startApplying } from "#lib/staff-register/import/decide-import.ts";
import { readRegister } from "#lib/staff-register/import/read-register.ts";
import { uploadRegister } from "#lib/staff-register/import/upload-register.ts";
import { viewImport } from "#lib/staff-register/import/view-import.ts";
import { afterCollection, highestMemory } from "./measure-memory.ts";
import { compare, say } from "./report.ts";

const ROWS = 100_000;
const DOMAIN = "contoh.example.gov.my";

/**
 * A file of 100,000 rows: kept, read, previewed and applied to an empty agency, rows per second; the reference is COPY of
 * the same file into one table without an index, by the same PostgreSQL.
 */
export async function measureImport(): Promise<void> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "kunci-bench-"));
  fs.chmodSync(dataDir, 0o755);
  const server = await startEmbedded(dataDir);
  try {
    const appPassword = decodeURIComponent(new URL(server.appUrl).password);
    await migrate(server.ownerUrl, { appPassword, prepare: [prepareQueues, prepareBanks] });
    await measure(server.ownerUrl, server.appUrl);
  } finally {
    await server.stop();
    fs.rmSync(dataDir, { recursive: true, force: true });
  }
}

async function measure(ownerUrl: string, appUrl: string): Promise<void> {
  const owner = new pg.Pool({ connectionString: ownerUrl, max: 1 });
  const ctx = operator(connect(appUrl));
  await owner.query("insert into office (id, code, name) values (gen_random_uuid(), '0101', 'Ibu Pejabat')");
  const file = Buffer.from(registerFile());
  say(`${ROWS} rows, ${(file.length / 1e6).toFixed(1)} MB`);

  const before = afterCollection();
  const highest = highestMemory();
  const began = performance.now();
  const kept = await uploadRegister(ctx, { fileName: "bench.csv", isWhole: true }, pieces(file));
  if (!kept.ok) throw new Error(`The file was refused: ${kept.error}`);
  await readRegister(ctx, kept.value);
  const previewed = performance.now() - began;
  const held = [afterCollection().held];
  const started = await startApplying(ctx, kept.value, { opensAt: null, suspendsAt: null, evenMany: true });
  if (!started.ok) throw new Error(`It was not applied: ${started.error}`);
  await applyRegister(ctx, kept.value);
  const applied = performance.now() - began;
  const peak = highest.stop();
  held.push(afterCollection().held);
  const counts = (await viewImport(ctx, kept.value))?.counts;
  if (counts?.new !== ROWS) throw new Error(`Not every row was applied: ${JSON.stringify(counts)}`);
  say(`previewed after ${(previewed / 1000).toFixed(1)} s, applied after ${(applied / 1000).toFixed(1)} s`);

  const copied = await copy(owner, file);
  await ctx.db.$client.end();
  await owner.end();
  compare("import", undefined, ROWS / (applied / 1000), ROWS / (copied / 1000), "rows/s", {
    seconds: applied / 1000,
    previewedAfter: previewed / 1000,
    copySeconds: copied / 1000,
    memoryGrowthMb: (peak - before.resident) / 1e6,
    heldMb: (Math.max(...held) - before.held) / 1e6,
  });
}

/** COPY as a program would: over the connection, from memory, into a table of the file's columns. */
async function copy(owner: pg.Pool, file: Buffer): Promise<number> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "kunci-copy-"));
  const at = path.join(folder, "bench.csv");
  fs.chmodSync(folder, 0o755);
  fs.writeFileSync(at, file, { mode: 0o644 });
  try {
    await owner.query(
      "create table copied (identity text, name text, email text, office_code text, office text, leaves text)",
    );
    const began = performance.now();
    await owner.query(`copy copied from '${at}' with (format csv, header true)`);
    return performance.now() - began;
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

export function operator(db: Context["db"]): Context {
  const sets = keyPurposes.map((purpose) => [purpose, { current: "bench", keys: { bench: randomBytes(32) } }]);
  return {
    db,
    now: () => new Date(),
    random: randomBytes,
    origin: "https://kunci.contoh.example.gov.my",
    keys: Object.fromEntries(sets) as Keyring,
    policy: {
      emailDomains: [DOMAIN],
      passwordPolicy: "jpa",
      registration: "open",
      twoFactors: "owner",
      passkeyRpId: "kunci.contoh.example.gov.my",
    },
    actor: { kind: "operator" },
    request: { id: "bench", ip: "127.0.0.1", device: "bench", deviceToken: null, language: "ms" },
  };
}

/** Passports, since valid MyKad numbers that nobody has are too few; a fixture's serial would not be unique. */
export function registerFile(rows = ROWS): string {
  const lines = ["No. Pasport,Nama,Emel Rasmi,Kod Pejabat,Negara Pasport,Tarikh Tamat"];
  for (let n = 0; n < rows; n += 1)
    lines.push(`X${String(n).padStart(8, "0")},Nur Contoh binti Teladan Rekaan,staf${n}@${DOMAIN},0101,ID,`);
  return `${lines.join("\r\n")}\r\n`;
}

export async function* pieces(file: Buffer) {
  for (let at = 0; at < file.length; at += 64 * 1024) yield file.subarray(at, at + 64 * 1024);
}
