import { spawn } from "node:child_process";

/** The user that PostgreSQL runs as; empty for whoever runs the app. */
export type RunAs = { uid?: number; gid?: number };

export type Outcome = { status: number; stdout: string; stderr: string };

/**
 * Runs a program to its end, without a shell. `input` is its standard input. `quiet` gives it no pipes, for one that leaves
 * a child behind which would keep them open. Rejects only where the program cannot be started at all.
 */
export function command(
  program: string,
  args: readonly string[],
  options: { runAs?: RunAs; cwd?: string; input?: string; quiet?: boolean } = {},
): Promise<Outcome> {
  const child = spawn(program, args, {
    ...options.runAs,
    cwd: options.cwd ?? "/",
    stdio: options.quiet ? "ignore" : "pipe",
    // PostgreSQL's words are looked for below, so they stay English; PG* names of the surroundings would redirect it.
    env: { PATH: process.env.PATH ?? "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC", NODE_ENV: process.env.NODE_ENV },
  });
  const heard = { stdout: "", stderr: "" };
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    heard.stdout += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    heard.stderr += text;
  });
  // A program that ends early closes its input; what it says about that is in its answer.
  child.stdin?.on("error", () => undefined).end(options.input ?? "");
  return new Promise((done, failed) => {
    child.on("error", failed);
    child.on("close", (status) => done({ status: status ?? 1, ...heard }));
  });
}
