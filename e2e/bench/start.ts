import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import { bareEnvironment, freePort, newDataDir, openDatabase, startPortal } from "../harness/portal.ts";
import { inAnotherProcess } from "./alternate.ts";
import { type BareApp, startBareApp, untilAnswers } from "./bare-app.ts";
import { postgresOf, residentMegabytes } from "./memory.ts";
import { compare, median, say } from "./report.ts";

const STARTS = 5;
const REQUESTS = 2_000;

/** Seconds from `npm start` (already built) to the first page, and the memory of everything that runs for it, then and later. */
export async function measureStart(): Promise<void> {
  await (await startPortal()).stop();
  const dataDir = newDataDir();
  const firstEver = await startByNpm(dataDir);
  await firstEver.stop();

  const [ours, reference]: [number[], number[]] = [[], []];
  for (let n = 0; n < STARTS; n++) {
    const [portal, bare] = [await startByNpm(dataDir), await startBareApp()];
    ours.push(portal.seconds);
    reference.push(bare.readyAfter / 1_000);
    if (n === STARTS - 1) await measureMemory(portal, bare);
    await Promise.all([portal.stop(), bare.stop()]);
  }
  compare("start", "first-page", median(ours), median(reference), "s");
  compare("start", "first-page-empty-data", firstEver.seconds, median(reference), "s");
  fs.rmSync(dataDir, { recursive: true, force: true });
}

type Started = { origin: string; dataDir: string; pid: number; seconds: number; stop: () => Promise<void> };

async function startByNpm(dataDir: string): Promise<Started> {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const startedAt = performance.now();
  const env = {
    ...bareEnvironment(),
    PORT: String(port),
    KUNCI_DATA_DIR: dataDir,
    TRUSTED_PROXIES: "127.0.0.1/32,::1/128",
  };
  const child = spawn("npm", ["start"], { env, stdio: "ignore", detached: true });
  const ended = new Promise<void>((done) => child.once("close", () => done()));
  await untilAnswers(`${origin}/`, child);
  const seconds = (performance.now() - startedAt) / 1_000;
  return { origin, dataDir, pid: child.pid as number, seconds, stop: () => interrupt(child, ended) };
}

/** Ctrl-C in a terminal reaches npm, its shell and the portal alike. */
function interrupt(child: ChildProcess, ended: Promise<void>): Promise<void> {
  process.kill(-(child.pid as number), "SIGINT");
  return ended;
}

async function measureMemory(portal: Started, bare: BareApp): Promise<void> {
  const database = await openDatabase(portal.dataDir);
  const roots = [portal.pid, await postgresOf(database)];
  await database.end();
  const memory = () => [residentMegabytes(roots), residentMegabytes([bare.pid])] as const;

  compare("start", "memory", ...memory(), "MB PSS");
  say(`${REQUESTS} requests to each`);
  const pages = ["/", "/sign-in", "/register", "/activate"].map((page) => portal.origin + page);
  for (const page of pages) await inAnotherProcess("get-often.ts", [page, 8, 60_000, REQUESTS / pages.length]);
  await inAnotherProcess("get-often.ts", [bare.origin, 8, 60_000, REQUESTS]);
  compare("start", "memory-after-2000", ...memory(), "MB PSS");
}
