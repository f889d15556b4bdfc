import { spawn } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import pg from "pg";

/** Where Debian and Ubuntu, then Fedora and Homebrew, keep it. */
const places = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/opt/homebrew/bin/pgbouncer"];
const READY_WITHIN_MS = 30_000;
/** Debian's user; PgBouncer does not run as root. */
const USER_OF_ROOT = "nobody";

/** Why no PgBouncer can be started on this machine; null where one can. */
export const whyNoPgBouncer = (): string | null =>
  places.some((place) => fs.existsSync(place)) ? null : "there is no PgBouncer (Debian: pgbouncer)";

export type PgBouncer = { url: (direct: string) => string; stop: () => Promise<void> };

/**
 * A PgBouncer of this test's own on loopback, in transaction mode, in front of the server of `target`. It takes whoever has
 * the password that their address says, and keeps `serverConnections` to PostgreSQL for each role. `overlooks`: what a connection may
 * ask to begin with, and is not given; without it such a connection is refused.
 */
export async function startPgBouncer(
  targets: readonly string[],
  options: { serverConnections: number; overlooks?: string },
): Promise<PgBouncer> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "kunci-pgbouncer-"));
  fs.chmodSync(folder, 0o755);
  const port = await freePort();
  const { hostname, port: serverPort } = new URL(targets[0] as string);
  const people = targets.map((target) => new URL(target));
  fs.writeFileSync(
    path.join(folder, "userlist.txt"),
    people.map(({ username, password }) => `"${username}" "${decodeURIComponent(password)}"\n`).join(""),
  );
  fs.writeFileSync(
    path.join(folder, "pgbouncer.ini"),
    `[databases]
* = host=${hostname} port=${serverPort}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${folder}/userlist.txt
pool_mode = transaction
default_pool_size = ${options.serverConnections}
max_client_conn = 200
ignore_startup_parameters = ${options.overlooks ?? "extra_float_digits"}
`,
  );
  for (const file of ["userlist.txt", "pgbouncer.ini"]) fs.chmodSync(path.join(folder, file), 0o644);
  const program = places.find((place) => fs.existsSync(place)) as string;
  const asRoot = process.getuid?.() === 0 ? ["-u", USER_OF_ROOT] : [];
  const child = spawn(program, [...asRoot, path.join(folder, "pgbouncer.ini")], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk));
  const ended = new Promise<void>((done) => child.once("close", () => done()));
  const url = (direct: string): string => {
    const through = new URL(direct);
    through.hostname = "127.0.0.1";
    through.port = String(port);
    return through.href;
  };
  const stop = async (): Promise<void> => {
    child.kill("SIGKILL");
    await ended;
    fs.rmSync(folder, { recursive: true, force: true });
  };
  try {
    await untilAnswers(url(targets[0] as string));
  } catch (fault) {
    await stop();
    throw new Error(`PgBouncer did not start: ${(fault as Error).message}\n${said}`);
  }
  return { url, stop };
}

async function untilAnswers(url: string): Promise<void> {
  const until = performance.now() + READY_WITHIN_MS;
  for (;;) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
    client.on("error", () => undefined);
    try {
      await client.connect();
      await client.query("select 1");
      return;
    } catch (fault) {
      if (performance.now() > until) throw fault;
      await new Promise((done) => setTimeout(done, 50));
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as net.AddressInfo;
  await new Promise<void>((done) => server.close(() => done()));
  return port;
}
