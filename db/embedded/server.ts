import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { command, type Outcome } from "./command.ts";
import type { Home } from "./home.ts";

/** A PostgreSQL that is up and takes connections. */
export type Live = { pid: number; port: number };

/** PostgreSQL for one small portal: half a hundred connections, no helpers for parallel queries, replicas or input and output. */
const settings: Readonly<Record<string, string>> = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  shared_buffers: "32MB",
  max_connections: "60",
  // Restoring a copy holds every table and index at once, in one transaction.
  max_locks_per_transaction: "256",
  io_method: "sync",
  max_worker_processes: "0",
  max_parallel_workers: "0",
  max_logical_replication_workers: "0",
  max_wal_senders: "0",
  wal_level: "minimal",
  max_wal_size: "256MB",
  autovacuum_max_workers: "1",
  autovacuum_worker_slots: "1",
  jit: "off",
  huge_pages: "off",
  timezone: "UTC",
  log_timezone: "UTC",
};

const OWNER = "kunci";
const DATABASE = "kunci";
const START_TRIES = 3;
const READY_WITHIN_SECONDS = 60;

export const dataOf = (home: Home): string => path.join(home.folder, "pg-data");
export const logOf = (home: Home): string => path.join(home.folder, "postgres.log");

const tool = (
  home: Home,
  name: "initdb" | "pg_ctl" | "postgres",
  args: readonly string[],
  extra: { input?: string; quiet?: boolean } = {},
): Promise<Outcome> =>
  command(path.join(home.native, "bin", name), args, { runAs: home.runAs, cwd: home.folder, ...extra });

export function give(home: Home, file: string): void {
  if (home.runAs.uid !== undefined && home.runAs.gid !== undefined) fs.chownSync(file, home.runAs.uid, home.runAs.gid);
}

/** Makes the cluster with its owner and database, whole or not at all: it is made beside its place and moved there. */
export async function makeCluster(home: Home, passwordFile: string, sync: boolean): Promise<void> {
  const data = dataOf(home);
  if (fs.existsSync(path.join(data, "PG_VERSION"))) return checkVersion(home);
  const draft = `${data}.part`;
  fs.rmSync(draft, { recursive: true, force: true });
  fs.mkdirSync(draft, { mode: 0o700 });
  give(home, draft);
  const initdb = [
    "-D",
    draft,
    "-U",
    OWNER,
    "-E",
    "UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--auth=scram-sha-256",
    `--pwfile=${passwordFile}`,
    ...(sync ? [] : ["--no-sync"]),
  ];
  expectDone(await tool(home, "initdb", initdb), "could not make its folder");
  expectDone(
    await tool(home, "postgres", ["--single", "-D", draft, "postgres"], { input: `create database ${DATABASE};\n` }),
    "could not make its database",
  );
  fs.renameSync(draft, data);
}

async function checkVersion(home: Home): Promise<void> {
  const wanted = /\d+/.exec((await tool(home, "postgres", ["--version"])).stdout)?.[0];
  const found = fs.readFileSync(path.join(dataOf(home), "PG_VERSION"), "utf8").trim();
  if (wanted !== found)
    throw new Error(
      `${dataOf(home)} was written by PostgreSQL ${found}; this version of the portal brings PostgreSQL ${wanted}. Back it up with the former version and restore it with this one.`,
    );
}

function expectDone(outcome: Outcome, what: string): void {
  if (outcome.status !== 0)
    throw new Error(
      `The embedded PostgreSQL ${what}: ${(outcome.stderr || outcome.stdout).trim().split("\n").slice(-4).join(" | ")}`,
    );
}

/** The server of this folder as its own note (postmaster.pid) tells; undefined where none is up. */
export async function findServer(home: Home): Promise<Live | undefined> {
  for (let tries = 0; tries < 100; tries++) {
    const note = readNote(home);
    if (!note || (await tool(home, "pg_ctl", ["status", "-D", dataOf(home)])).status !== 0) return undefined;
    if (note.state === "ready")
      return (await speaksPostgres(note.port)) ? { pid: note.pid, port: note.port } : undefined;
    // Starting up or shutting down, left so by a start that was killed: it comes to one end or the other by itself.
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`The PostgreSQL of ${home.folder} neither starts nor stops. See ${logOf(home)}.`);
}

function readNote(home: Home): { pid: number; port: number; state: string } | undefined {
  try {
    const lines = fs.readFileSync(path.join(dataOf(home), "postmaster.pid"), "utf8").split("\n");
    return { pid: Number(lines[0]), port: Number(lines[3]), state: (lines[7] ?? "").trim() };
  } catch {
    return undefined;
  }
}

/** Whether a PostgreSQL answers there: after a restart of the machine, the process of the note may be somebody else's. */
function speaksPostgres(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = net.connect(port, "127.0.0.1");
    socket.setTimeout(2_000, () => socket.destroy());
    socket.on("connect", () => socket.write(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]))); // SSLRequest: a single letter comes back
    socket.on("data", (answer) => {
      done(answer.length === 1 && /[NS]/.test(answer.toString()));
      socket.destroy();
    });
    socket.on("error", () => undefined);
    socket.on("close", () => done(false));
  });
}

/** Starts the server on a free port, or the one among the settings. pg_ctl gives it a session of its own, so that Ctrl-C reaches the app alone, which stops it in order. */
export async function startServer(home: Home, extra: Readonly<Record<string, string>>): Promise<Live> {
  const log = logOf(home);
  fs.writeFileSync(log, "", { mode: 0o600 });
  give(home, log);
  for (let tries = 1; ; tries++) {
    const options = Object.entries({ ...settings, port: String(await freePort()), ...extra }).map(
      ([name, value]) => `-c ${name}='${value}'`,
    );
    const outcome = await tool(
      home,
      "pg_ctl",
      ["start", "-w", "-t", String(READY_WITHIN_SECONDS), "-D", dataOf(home), "-l", log, "-o", options.join(" ")],
      { quiet: true },
    );
    const live = outcome.status === 0 ? await findServer(home) : undefined;
    if (live) return live;
    const words = fs.readFileSync(log, "utf8").trim().split("\n").slice(-4).join(" | ");
    // Somebody took the free port in between.
    if (tries < START_TRIES && words.includes("could not create any TCP/IP sockets")) continue;
    throw new Error(`The embedded PostgreSQL did not start: ${words}`);
  }
}

function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const probe = net.createServer().on("error", failed);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => done(port));
    });
  });
}

export async function stopServer(home: Home): Promise<void> {
  await tool(home, "pg_ctl", ["stop", "-D", dataOf(home), "-m", "fast", "-w", "-t", "30"]);
}

export const urlOf = (live: Live, user: string, password: string): string =>
  `postgres://${user}:${password}@127.0.0.1:${live.port}/${DATABASE}`;
