import { spawn } from "node:child_process";
import fs from "node:fs";
import { bareEnvironment } from "../../harness/portal.ts";

export type Ran = {
  code: number | null;
  stdout: string;
  stderr: string;
  seconds: number;
  /** The most memory it held at once; 0 where the system does not tell (it is Linux that does). */
  peakMb: number;
};

const LOOK_EVERY_MS = 100;

/** A command of the operator's, as a process of its own, on the portal of a data folder. */
export async function runCommand(dataDir: string, args: readonly string[]): Promise<Ran> {
  const begun = performance.now();
  const child = spawn(process.execPath, ["lib/cli/kunci.ts", ...args], {
    env: { ...bareEnvironment(), KUNCI_DATA_DIR: dataDir },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) child[name].on("data", (chunk: Buffer) => (said[name] += chunk));
  let peakMb = 0;
  const watching = setInterval(() => {
    peakMb = Math.max(peakMb, peakOf(child.pid));
  }, LOOK_EVERY_MS);
  const code = await new Promise<number | null>((done) => child.once("close", done));
  clearInterval(watching);
  return { code, ...said, seconds: (performance.now() - begun) / 1_000, peakMb };
}

function peakOf(pid: number | undefined): number {
  try {
    const peak = /VmHWM:\s+(\d+) kB/.exec(fs.readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return Math.round(Number(peak ?? 0) / 1024);
  } catch {
    return 0;
  }
}
