import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { openDatabase } from "../../harness/portal.ts";
import { startTopology, type Topology } from "../../topology/start-topology.ts";
import { rounded, until } from "./until.ts";
import { settleClients, Visitor } from "./visitor.ts";

const SIZE_MB = 400;
const BACK_WITHIN = 10;
const PIECE = Buffer.alloc(1_048_576);

/**
 * `npm run drill -- disk`: PostgreSQL, keys and the data folder of the portal on a file system of 400 MB that fills up, and is
 * emptied again. Needs root, who may mount one.
 */
export async function disk(): Promise<{ held: boolean } & Record<string, unknown>> {
  const mount = fs.mkdtempSync("/tmp/kunci-full-");
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${SIZE_MB}m,mode=1777`, "tmpfs", mount]);
  const before = process.env.TMPDIR;
  process.env.TMPDIR = mount;
  try {
    // WAL that is kept small leaves what fills up to the tables.
    const topology = await startTopology({ postgres: { max_wal_size: "64MB", min_wal_size: "32MB" } });
    try {
      return await fillAndEmpty(topology, mount);
    } finally {
      await topology.stop();
    }
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    execFileSync("umount", [mount]);
    fs.rmdirSync(mount);
  }
}

async function fillAndEmpty(topology: Topology, mount: string) {
  const promises: Record<string, boolean> = {};
  const clients = await settleClients({ ownerUrl: topology.database.ownerUrl, keys: topology.keys }, 40);
  const [stays, ...others] = clients;
  const [first] = topology.instances;
  if (!stays || !first) throw new Error("Nobody is there");
  const visitor = new Visitor(topology.origin, first, stays.address);
  promises.opensBefore = await visitor.signIn(stays);
  const pids = topology.instances.map(({ pid }) => pid);

  const ballast = path.join(mount, "ballast");
  fill(ballast);
  const answers: (boolean | string)[] = [];
  const acknowledged: string[] = [];
  let crashed = false;
  for (const client of others.slice(0, 20)) {
    const done = await new Visitor(topology.origin, first, client.address)
      .signIn(client)
      .catch((fault: Error) => fault.message);
    answers.push(done);
    if (done === true) acknowledged.push(client.id);
    fill(ballast);
  }
  const refused = answers.filter((answer) => answer !== true).length;
  const ready = await fetch(`${first.origin}/api/ready`).then((answer) => answer.text());
  const health = await fetch(`${first.origin}/api/health`);
  promises.lives = health.status === 200;
  promises.saysSo = /"disk"|"database"/.test(ready);
  console.log(`full: ${refused} of ${answers.length} sign-ins were not taken; /api/ready: ${ready.slice(0, 160)}`);

  fs.rmSync(ballast);
  const madeRoom = performance.now();
  // A PostgreSQL that gave up is started by whoever looks after it, as systemd, compose.yaml or Patroni do.
  const database = await openDatabase(topology.dataDir).catch(() => null);
  if (database) await database.end().catch(() => undefined);
  if (!(await answersQueries(topology))) {
    crashed = true;
    await topology.database.stop();
    await topology.database.start();
  }
  const from = crashed ? performance.now() : madeRoom;
  let turn = 20;
  await until(
    "sign-ins are taken again",
    async () => {
      const client = others[turn++ % others.length];
      return client ? new Visitor(topology.origin, first, client.address).signIn(client).catch(() => false) : false;
    },
    60,
  );
  const back = (performance.now() - from) / 1_000;
  promises.backWithinTen = back <= BACK_WITHIN;
  promises.sessionHolds = await visitor.home();
  promises.sameProcesses = topology.instances.every(({ pid }, n) => pid === pids[n]);
  const owner = await openDatabase(topology.dataDir);
  const { rowCount } = await owner.query(
    "select distinct account_id from audit_event where type = 'sign_in.succeeded' and account_id = any($1)",
    [acknowledged],
  );
  await owner.end();
  promises.nothingAcknowledgedLost = rowCount === acknowledged.length;
  return {
    held: Object.values(promises).every(Boolean),
    promises,
    refusedWhileFull: refused,
    postgresEnded: crashed,
    backAfter: rounded(back),
  };
}

/** Until nothing fits any more. */
function fill(file: string): void {
  const open = fs.openSync(file, "a");
  try {
    for (let size = PIECE.length; size >= 512; size = Math.floor(size / 2)) {
      try {
        for (;;) fs.writeSync(open, PIECE.subarray(0, size));
      } catch (fault) {
        if ((fault as { code?: string }).code !== "ENOSPC") throw fault;
      }
    }
  } finally {
    fs.closeSync(open);
  }
}

async function answersQueries({ dataDir }: Topology): Promise<boolean> {
  const owner = await openDatabase(dataDir).catch(() => null);
  if (!owner) return false;
  try {
    await owner.query("select 1");
    return true;
  } catch {
    return false;
  } finally {
    await owner.end().catch(() => undefined);
  }
}
