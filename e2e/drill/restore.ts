import fs from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import pg from "pg";
import { joinEmbedded, startEmbedded } from "#db/embedded.ts";
import { loadKeyring } from "#lib/server/start/keys.ts";
import { readConfig } from "#lib/server/start/read-config.ts";
import { fillAccounts } from "../bench/fill-accounts.ts";
import { keysOf } from "../harness/people.ts";
import { newDataDir, openDatabase, startPortal } from "../harness/portal.ts";
import { keepWriting, type Writing } from "./restore/keep-writing.ts";
import { type Ran, runCommand } from "./restore/run-command.ts";
import type { Drill } from "./run.ts";

const HELP = "npm run drill -- restore [--accounts 10000] [--no-portal]";
/** What pieces of a megabyte, their compression and encryption hold, above a command that does nothing: of a table of any size. */
const FLAT_MB = 160;

/**
 * A copy under load of writes, and its restore on an empty machine with the keys brought apart: what it takes, how large it gets, and
 * whether what stands there is what stood at one moment. Without the keys the portal stays closed; with them it opens.
 */
export const restore: Drill = async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: { accounts: { type: "string" }, "no-portal": { type: "boolean" } },
  });
  const accounts = Number(values.accounts ?? 10_000);
  if (!Number.isInteger(accounts) || accounts < 1) throw new Error(HELP);
  const [from, to] = [newDataDir(), newDataDir()];
  const apart = fs.mkdtempSync(path.join(path.dirname(from), "kunci-apart-"));
  const source = await startEmbedded(from);
  const broken: string[] = [];
  const expect = (holds: boolean, what: string): void => {
    say(`${holds ? "holds " : "BROKEN"}  ${what}`);
    if (!holds) broken.push(what);
  };
  try {
    const [identity, copy] = [path.join(apart, "identity"), path.join(apart, "copy.age")];
    const idle = await told(runCommand(from, ["backup", "identity", identity]));
    const recipient = idle.stdout.trim();
    await told(runCommand(from, ["migrate"]));
    loadKeyring(readConfig({ KUNCI_DATA_DIR: from }, "operator"), true);
    await fill(from, accounts);
    const writing = await keepWriting({ ownerUrl: source.ownerUrl, keys: keysOf(from) });
    await untilWritten(writing, 20);
    const begun = Date.now();
    const written = writing.committed.length;
    const backup = await told(runCommand(from, ["backup", copy, "--to", recipient, "--json"]));
    const meanwhile = writing.committed.length - written;
    await writing.stop();
    const { bytes, rows } = JSON.parse(backup.stdout) as { bytes: number; rows: number };
    say(`copied ${rows} rows in ${backup.seconds.toFixed(1)} s: ${bytes} bytes; ${meanwhile} people came meanwhile`);
    expect(meanwhile > 0, "the portal goes on while it is copied");
    expect(
      backup.peakMb - idle.peakMb < FLAT_MB,
      `copying holds ${backup.peakMb} MB at most, doing nothing ${idle.peakMb}`,
    );
    const verify = await runCommand(apart, ["backup", "verify", copy, "--identity", identity]);
    expect(
      verify.code === 0,
      `the copy is whole, without any database or keys at hand (${verify.seconds.toFixed(1)} s)`,
    );

    const closed = await runCommand(to, ["restore", copy, "--identity", identity]);
    expect(closed.code === 1 && closed.stderr.includes("kept apart"), "without the keys nothing is restored");
    fs.copyFileSync(path.join(from, "keys.json"), path.join(to, "keys.json"));
    const restored = await told(runCommand(to, ["restore", copy, "--identity", identity, "--json"]));
    say(`restored in ${restored.seconds.toFixed(1)} s: ${restored.stdout.trim()}`);
    expect(restored.peakMb - idle.peakMb < FLAT_MB, `restoring holds ${restored.peakMb} MB at most`);
    const again = await runCommand(to, ["restore", copy, "--identity", identity]);
    expect(again.code === 1 && again.stderr.includes("not empty"), "nothing is restored over it");
    await compare(to, writing, { begun, rows, told: JSON.parse(restored.stdout) as { rows: number } }, expect);
    const trail = await runCommand(to, ["audit", "verify"]);
    expect(trail.code === 0, `audit verify: ${trail.stdout.trim().split("\n")[0]}`);
    if (!values["no-portal"]) await openWithAndWithout(to, apart, expect);
    return {
      held: broken.length === 0,
      ...{ accounts, rows, bytes, meanwhile, broken },
      backupSeconds: round(backup.seconds),
      restoreSeconds: round(restored.seconds),
      idlePeakMb: idle.peakMb,
      backupPeakMb: backup.peakMb,
      restorePeakMb: restored.peakMb,
    };
  } finally {
    await source.stop();
    for (const folder of [from, to, apart]) fs.rmSync(folder, { recursive: true, force: true });
  }
};

type Expect = (holds: boolean, what: string) => void;
const say = (words: string): void => void process.stderr.write(`${words}\n`);
const round = (seconds: number): number => Math.round(seconds * 10) / 10;

/** A command that must succeed for the drill to go on. */
async function told(running: Promise<Ran>): Promise<Ran> {
  const ran = await running;
  if (ran.code !== 0) throw new Error(`A command ended with ${ran.code}: ${ran.stderr}`);
  return ran;
}

async function fill(dataDir: string, accounts: number): Promise<void> {
  const database = await openDatabase(dataDir);
  const begun = performance.now();
  await fillAccounts(database, keysOf(dataDir), accounts);
  await database.end();
  say(`${accounts} accounts filled in ${((performance.now() - begun) / 1_000).toFixed(0)} s`);
}

const PATIENCE_MS = 60_000;

async function untilWritten({ committed }: Writing, people: number): Promise<void> {
  for (const until = Date.now() + PATIENCE_MS; committed.length < people; ) {
    if (Date.now() > until) throw new Error("Nobody came within a minute");
    await new Promise((done) => setTimeout(done, 20));
  }
}

/** What stands there against what was acknowledged, and against itself: each person came with an event and a letter, or not at all. */
async function compare(
  dataDir: string,
  { committed }: Writing,
  { begun, rows, told: { rows: restored } }: { begun: number; rows: number; told: { rows: number } },
  expect: Expect,
): Promise<void> {
  const { ownerUrl, stop } = await joinEmbedded(dataDir);
  const database = new pg.Pool({ connectionString: ownerUrl, max: 1 });
  // Its last connection may still be closing when the server stops.
  database.on("error", () => undefined);
  try {
    const { rows: there } = await database.query<{ id: string; events: number; letters: number }>(
      `select a.id, (select count(*) from audit_event e where e.account_id = a.id and e.type = 'account.registered')::int as events,
          (select count(*) from letter l where l.account_id = a.id)::int as letters
        from account a where a.id = any($1)`,
      [committed.map(({ id }) => id)],
    );
    const before = committed.filter(({ at }) => at < begun);
    const ids = new Set(there.map(({ id }) => id));
    expect(
      before.every(({ id }) => ids.has(id)),
      `all ${before.length} who came before the copy was begun are there`,
    );
    expect(
      there.every(({ events, letters }) => events === 1 && letters === 1),
      `none of ${there.length} is there by half`,
    );
    // What waited in the queues is counted among the rows of the copy, and is no table of its own.
    expect(restored <= rows, `${restored} rows, of ${rows} in the copy with the queues' work`);
    const { rows: open } = await database.query<{ sessions: number; letters: number }>(
      "select (select count(*) from session where ended_at is null)::int as sessions, (select count(*) from letter where state = 'queued')::int as letters",
    );
    expect(
      open[0]?.sessions === 0 && open[0].letters === 0,
      "no session is open, and no letter goes out a second time",
    );
  } finally {
    await database.end();
    await stop();
  }
}

/** Starts the portal there without its keys, which must fail and make none, and with them. */
async function openWithAndWithout(dataDir: string, apart: string, expect: Expect): Promise<void> {
  const [keys, away] = [path.join(dataDir, "keys.json"), path.join(apart, "keys.json")];
  fs.renameSync(keys, away);
  const refused = await startPortal({ dataDir }).then(
    async (portal) => {
      await portal.stop();
      return "it started";
    },
    (fault: Error) => fault.message,
  );
  expect(
    refused.includes("is missing") && !fs.existsSync(keys),
    "without its keys the portal stays closed, and makes no others",
  );
  fs.copyFileSync(away, keys);
  const portal = await startPortal({ dataDir });
  const page = await fetch(`${portal.origin}/sign-in`);
  expect(page.status === 200, `with them it opens, ${Math.round(portal.readyAfter)} ms after its start`);
  await portal.stop();
}
