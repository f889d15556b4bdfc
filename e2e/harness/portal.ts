import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { joinEmbedded } from "#db/embedded.ts";

export type PortalWanted = {
  /** Its `.data`; a new one below the system's temporary folder where none is named. */
  dataDir?: string;
  port?: number;
  /** Settings besides the harness's own. */
  env?: Record<string, string>;
};

export type Portal = {
  origin: string;
  dataDir: string;
  pid: number;
  /** Milliseconds from the start of the process to its first ready answer. */
  readyAfter: number;
  /** What it has said so far. */
  output: () => string;
  /** Ctrl-C: resolves when the process and its PostgreSQL are gone, and the data folder where it was made for this start. */
  stop: () => Promise<void>;
  /** kill -9: its PostgreSQL stays, to be adopted. */
  kill: () => Promise<void>;
};

const READY_WITHIN_MS = 180_000;

/** Starts the built portal as `npm start` does (it builds first where that is needed), in demo mode on a port of its own. */
export async function startPortal(wanted: PortalWanted = {}): Promise<Portal> {
  const dataDir = wanted.dataDir ?? newDataDir();
  const port = wanted.port ?? (await freePort());
  const origin = `http://localhost:${port}`;
  const startedAt = performance.now();
  const child = spawnPortal(port, dataDir, wanted.env);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk));
  const ended = new Promise<void>((done) => child.once("close", () => done()));

  try {
    await untilReady(origin, child);
  } catch (fault) {
    child.kill("SIGINT");
    await ended;
    throw new Error(`The portal did not start: ${(fault as Error).message}\n${said}`);
  }
  const end = (signal: "SIGINT" | "SIGKILL") => {
    child.kill(signal);
    return ended;
  };
  return {
    origin,
    dataDir,
    pid: child.pid as number,
    readyAfter: performance.now() - startedAt,
    output: () => said,
    stop: async () => {
      await end("SIGINT");
      if (!wanted.dataDir) fs.rmSync(dataDir, { recursive: true, force: true });
    },
    kill: () => end("SIGKILL"),
  };
}

/** A start that is not expected to last: how it ended, and what it said. */
export async function startToTheEnd(port: number): Promise<{ code: number | null; said: string }> {
  const dataDir = newDataDir();
  const child = spawnPortal(port, dataDir);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk));
  const code = await new Promise<number | null>((done) => child.once("close", done));
  fs.rmSync(dataDir, { recursive: true, force: true });
  return { code, said };
}

const spawnPortal = (port: number, dataDir: string, env: Record<string, string> = {}) =>
  spawn(process.execPath, startArguments(), {
    env: {
      ...bareEnvironment(),
      NODE_ENV: "production",
      PORT: String(port),
      KUNCI_DATA_DIR: dataDir,
      TRUSTED_PROXIES: "127.0.0.1/32,::1/128",
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });

/** A data folder of its own, open to the user that a root's PostgreSQL runs as. */
export function newDataDir(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "kunci-e2e-"));
  fs.chmodSync(folder, 0o755);
  return folder;
}

/** As the owner of a running portal's database: for what cannot be done from outside, such as making a link older. */
export async function openDatabase(dataDir: string): Promise<pg.Pool> {
  const { ownerUrl } = await joinEmbedded(dataDir);
  return new pg.Pool({ connectionString: ownerUrl, max: 2 });
}

/** The words after `node` in package.json's start script, so that what is tested is what people run. */
export function startArguments(): string[] {
  const { scripts } = JSON.parse(fs.readFileSync("package.json", "utf8")) as { scripts: { start: string } };
  return scripts.start.split(" ").slice(1);
}

/** The caller's environment without what would change the portal's mode. */
export function bareEnvironment(): NodeJS.ProcessEnv {
  const names = fs.readFileSync(".env.example", "utf8").matchAll(/^#? ?([A-Z][A-Z_]+)=/gm);
  const env = { ...process.env };
  for (const [, name] of names) delete env[name as string];
  return env;
}

export const freePort = (): Promise<number> =>
  new Promise((done, fail) => {
    const server = net.createServer().once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => done(port));
    });
  });

export async function untilReady(origin: string, child: ChildProcess): Promise<void> {
  const until = performance.now() + READY_WITHIN_MS;
  while (performance.now() < until) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`it ended with ${child.exitCode ?? child.signalCode}`);
    const answer = await fetch(`${origin}/api/ready`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`it was not ready within ${READY_WITHIN_MS / 1000} s`);
}
