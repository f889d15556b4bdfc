import { type ChildProcess, spawn } from "node:child_process";
import { bareEnvironment, startArguments, untilReady } from "../harness/portal.ts";

export type InstanceWanted = {
  /** Another checkout of the portal to run (a release before); this one where none is named. */
  folder?: string;
  /** Another Node to run it with. */
  node?: string;
  /** Another user to run it as, where root runs this. */
  runAs?: { uid: number; gid: number };
  /** Settings of this instance besides those all have. */
  env?: Readonly<Record<string, string>>;
};

export type Instance = {
  /** Where it answers by itself, without nginx. */
  origin: string;
  port: number;
  /** Of the process that runs now, or ran last. */
  readonly pid: number;
  /** What it has said so far, over all its starts. */
  output: () => string;
  /** kill -9. */
  kill: () => Promise<void>;
  /** As an operator stops it: resolves when open requests are through and it is gone. */
  stop: () => Promise<void>;
  /** Again, on the same port; with other settings or another release where they are given. Resolves when it is ready. */
  start: (wanted?: InstanceWanted) => Promise<void>;
};

/** A portal in production mode on a port of its own, not started yet. */
export function prepareInstance(
  port: number,
  common: Readonly<Record<string, string>>,
  first: InstanceWanted,
): Instance {
  const origin = `http://127.0.0.1:${port}`;
  let wanted = first;
  let child: ChildProcess | undefined;
  let ended: Promise<void> = Promise.resolve();
  let said = "";
  const end = (signal: "SIGTERM" | "SIGKILL") => {
    child?.kill(signal);
    return ended;
  };
  return {
    origin,
    port,
    get pid() {
      return child?.pid ?? 0;
    },
    output: () => said,
    kill: () => end("SIGKILL"),
    stop: () => end("SIGTERM"),
    start: async (other = wanted) => {
      if (child && child.exitCode === null && child.signalCode === null) throw new Error(`${origin} runs already`);
      wanted = other;
      const running = spawn(wanted.node ?? process.execPath, startArguments(), {
        ...wanted.runAs,
        cwd: wanted.folder ?? process.cwd(),
        env: { ...bareEnvironment(), ...common, ...wanted.env, NODE_ENV: "production", PORT: String(port) },
        stdio: ["ignore", "pipe", "pipe"],
      });
      child = running;
      for (const stream of [running.stdout, running.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk));
      ended = new Promise((done) => running.once("close", () => done()));
      try {
        await untilReady(origin, running);
      } catch (fault) {
        await end("SIGKILL");
        throw new Error(`The instance at ${origin} did not start: ${(fault as Error).message}\n${said.slice(-4_000)}`);
      }
    },
  };
}
