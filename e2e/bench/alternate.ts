import { spawn } from "node:child_process";
import path from "node:path";
import { median } from "./report.ts";

/** Measures one thing and the other in turns, so that whatever else the machine does meets both alike. The medians. */
export async function alternate(
  rounds: number,
  ours: () => Promise<number>,
  reference: () => Promise<number>,
): Promise<{ ours: number; reference: number }> {
  const [mine, theirs]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    mine.push(await ours());
    theirs.push(await reference());
  }
  return { ours: median(mine), reference: median(theirs) };
}

/** Runs one of the load generators in a process of its own and reads the line of JSON it ends with. */
export function inAnotherProcess<T>(script: string, args: readonly (string | number)[], input?: unknown): Promise<T> {
  return new Promise((done, fail) => {
    const child = spawn(
      process.execPath,
      ["--disable-warning=ExperimentalWarning", path.join(import.meta.dirname, script), ...args.map(String)],
      {
        stdio: ["pipe", "pipe", "inherit"],
      },
    );
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => (said += chunk));
    child.on("close", (code) =>
      code === 0 ? done(JSON.parse(said) as T) : fail(new Error(`${script} ended with ${code}`)),
    );
    child.stdin.end(input === undefined ? "" : JSON.stringify(input));
  });
}
