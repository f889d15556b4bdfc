import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { joinEmbedded, startEmbedded } from "./embedded.ts";

vi.setConfig({ testTimeout: 120_000 });

let folder: string;
beforeEach(() => {
  // Where PostgreSQL's own user can enter, when this runs as root.
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "kunci-embedded-"));
  fs.chmodSync(folder, 0o755);
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const quick = { fsync: "off" };

async function ask(url: string, question: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return Object.values((await client.query<Record<string, unknown>>(question)).rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
}

test("what was written is there at the next start, in a database of its own, owned by kunci", async () => {
  const first = await startEmbedded(folder, quick);
  expect(await ask(first.ownerUrl, "select current_user || ' ' || current_database()")).toBe("kunci kunci");
  await ask(first.ownerUrl, "create table kept as select 'kept' as word");
  await first.stop();
  await expect(ask(first.ownerUrl, "select 1")).rejects.toThrow();

  const second = await startEmbedded(folder, quick);
  expect(second.adopted).toBe(false);
  expect(await ask(second.ownerUrl, "select word from kept")).toBe("kept");
  await second.stop();
});

test("listens on loopback alone, behind passwords nobody else can read", async () => {
  const server = await startEmbedded(folder, quick);
  expect(new URL(server.ownerUrl).hostname).toBe("127.0.0.1");
  expect(await ask(server.ownerUrl, "show listen_addresses")).toBe("127.0.0.1");
  expect(await ask(server.ownerUrl, "show unix_socket_directories")).toBe("");
  const wrong = new URL(server.ownerUrl);
  wrong.password = "guessed";
  await expect(ask(wrong.href, "select 1")).rejects.toThrow("password authentication failed");
  for (const secret of ["owner-password", "app-password"])
    expect(fs.statSync(path.join(folder, secret)).mode & 0o077).toBe(0);
  await server.stop();
});

test("a second start on the folder ends in a message that names the first, and leaves it alone", async () => {
  const first = await startEmbedded(folder, quick);
  await expect(startEmbedded(folder, quick)).rejects.toThrow(
    `${folder} is in use by another start of the portal (process ${process.pid})`,
  );
  expect(await ask(first.ownerUrl, "select 1")).toBe(1);
  await first.stop();
  await (await startEmbedded(folder, quick)).stop();
});

test("a command joins a portal that runs, and leaves it running", async () => {
  const portal = await startEmbedded(folder, quick);
  const command = await joinEmbedded(folder);
  expect(command.ownerUrl).toBe(portal.ownerUrl);
  await command.stop();
  expect(await ask(portal.ownerUrl, "select 1")).toBe(1);
  await portal.stop();
});

test("a command starts one for itself where none runs, and stops it", async () => {
  const command = await joinEmbedded(folder);
  expect(await ask(command.ownerUrl, "select 1")).toBe(1);
  await command.stop();
  await expect(ask(command.ownerUrl, "select 1")).rejects.toThrow();
});

test("what a killed start left running is adopted with its data, and stopped at the end", async () => {
  const program = `import { startEmbedded } from "#db/embedded.ts"; const { ownerUrl } = await startEmbedded(${JSON.stringify(folder)}, ${JSON.stringify(quick)}); process.stdout.write(ownerUrl); setInterval(() => {}, 1000);`;
  const killed = spawn(process.execPath, ["--input-type=module", "--eval", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [url] = (await once(killed.stdout, "data")) as [Buffer];
  await ask(url.toString(), "create table kept as select 'kept' as word");
  killed.kill("SIGKILL");
  await once(killed, "exit");

  const next = await startEmbedded(folder, quick);
  expect(next.adopted).toBe(true);
  expect(next.ownerUrl).toBe(url.toString());
  expect(await ask(next.ownerUrl, "select word from kept")).toBe("kept");
  await next.stop();
  await expect(ask(next.ownerUrl, "select 1")).rejects.toThrow();
});

test("of two starts that come upon a dead one's folder at once, one has it", async () => {
  await (await startEmbedded(folder, quick)).stop();
  fs.writeFileSync(path.join(folder, "in-use.json"), JSON.stringify({ pid: 2 ** 22 + 1, began: "0" }));
  const outcomes = await Promise.allSettled([startEmbedded(folder, quick), startEmbedded(folder, quick)]);
  const started = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
  expect(started).toHaveLength(1);
  await started[0]?.stop();
});

test("a folder of another version's data is left as it is", async () => {
  await (await startEmbedded(folder, quick)).stop();
  const version = path.join(folder, "pg-data/PG_VERSION");
  fs.writeFileSync(version, "15\n");
  await expect(startEmbedded(folder, quick)).rejects.toThrow("was written by PostgreSQL 15");
  expect(fs.readFileSync(version, "utf8")).toBe("15\n");
});

test("PostgreSQL's own last words tell why it did not start, and the folder is free again", async () => {
  await expect(startEmbedded(folder, { shared_buffers: "nonsense" })).rejects.toThrow(
    /did not start: .*shared_buffers/,
  );
  await (await startEmbedded(folder, quick)).stop();
});
