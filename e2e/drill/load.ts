import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { fixturePerson } from "#lib/testing/identities.ts";
import { enrolPeople } from "../harness/enrol-people.ts";
import { clientOf, settlePeople } from "../harness/people.ts";
import { startTopology, type Topology } from "../topology/start-topology.ts";
import { broken, figuresOf, secondsUntilNormal } from "./load/judge-outcomes.ts";
import type { LoadJob, Outcome, Phase } from "./load/phases.ts";
import type { Drill } from "./run.ts";

const HELP = `npm run drill -- load [--rate 30] [--seconds 600] [--times 5] [--over 60] [--back 60] [--people 1500]
  --times 0: the steady load alone`;
const FIRST_PERSON = { password: 30_000, passkey: 39_000 } as const;
const WATCHERS = 40;
const WARMING_RATE = 15;

/**
 * Sign-ins at a steady rate through nginx to two production instances, then several times as many, and back: how long they
 * take, what was put off, what a page and a passkey notice of it, and what memory does.
 */
export const load: Drill = async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      ["rate", "seconds", "times", "over", "back", "people", "folder"].map((name) => [name, { type: "string" }]),
    ) as Record<string, { type: "string" }>,
  });
  const number = (name: string, otherwise: number): number => {
    const said = Number(values[name] ?? otherwise);
    if (!Number.isFinite(said) || said < 0) throw new Error(HELP);
    return said;
  };
  const rate = number("rate", 30);
  const times = number("times", 5);
  const people = number("people", 1_500);
  const phases: Phase[] = [
    { name: "warm", rate: WARMING_RATE, seconds: people / WARMING_RATE },
    { name: "steady", rate, seconds: number("seconds", 600) },
    ...(times > 0
      ? ([
          { name: "over", rate: rate * times, seconds: number("over", 60) },
          { name: "back", rate, seconds: number("back", 60) },
        ] as const)
      : []),
  ];
  const folder = values.folder;
  const topology = await startTopology(folder === undefined ? {} : { instances: [{ folder }, { folder }] });
  try {
    const { clients, watchers } = await settle(topology, people);
    say(phases.map(({ name, rate, seconds }) => `${name}: ${rate} a second for ${seconds} s`).join("; "));
    const outcomes: Outcome[] = [];
    let warm: { memory: ReturnType<typeof watchMemory>; before: ReturnType<typeof processorSeconds> } | undefined;
    for await (const outcome of generate({ origin: topology.origin, ca: topology.ca, clients, watchers, phases })) {
      if (outcome.phase === "warm") continue;
      warm ??= { memory: watchMemory(topology), before: processorSeconds(topology) };
      outcomes.push(outcome);
    }
    if (!warm) throw new Error("Nobody signed in");
    const { memory, before } = warm;
    const spent = processorSeconds(topology);
    const signIns = outcomes.filter(({ what, how }) => what !== "page" && how === "done").length;
    return {
      ...report(outcomes, phases, memory.stop()),
      // Unmoved by whatever else the machine does, so that it tells what this load would take of another one.
      processorMsEach: {
        instances: Math.round(((spent.instances - before.instances) * 1_000) / signIns),
        postgres: Math.round(((spent.postgres - before.postgres) * 1_000) / signIns),
        nginx: Math.round(((spent.nginx - before.nginx) * 1_000) / signIns),
      },
      cores: os.availableParallelism(),
    };
  } finally {
    await topology.stop();
  }
};

async function settle({ dataDir, origin }: Topology, count: number): Promise<Pick<LoadJob, "clients" | "watchers">> {
  const range = (first: number, length: number) => Array.from({ length }, (_, n) => first + n);
  const signers = range(FIRST_PERSON.password, count);
  await settlePeople(dataDir, signers.map(fixturePerson), "activated");
  const holders = range(FIRST_PERSON.passkey, WATCHERS);
  const ids = await settlePeople(dataDir, holders.map(fixturePerson), "activated");
  const held = await enrolPeople({ dataDir, origin }, ids, "passkey");
  return { clients: signers.map(clientOf), watchers: holders.map((n, place) => ({ ...clientOf(n), ...held[place] })) };
}

/** Runs the load in a process of its own: what it measures is not its own waiting for this one. */
async function* generate(job: LoadJob): AsyncGenerator<Outcome> {
  const script = path.join(import.meta.dirname, "load", "sign-in-steadily.ts");
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", script], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = new Promise<number | null>((done) => child.once("close", done));
  child.stdin.end(JSON.stringify(job));
  for await (const line of createInterface({ input: child.stdout })) yield JSON.parse(line) as Outcome;
  if ((await ended) !== 0) throw new Error("The load broke off");
}

/** MB resident in each instance: at the beginning, at most, and at the end. Linux alone tells. */
function watchMemory({ instances }: Topology) {
  const now = () => instances.map(({ pid }) => residentMb(pid));
  const first = now();
  const most = [...first];
  const timer = setInterval(() => {
    for (const [at, size] of now().entries()) most[at] = Math.max(most[at] ?? 0, size);
  }, 1_000);
  return {
    stop: () => {
      clearInterval(timer);
      return { first, most, last: now() };
    },
  };
}

function residentMb(pid: number): number {
  const status = fs.readFileSync(`/proc/${pid}/status`, "utf8");
  return Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1_024);
}

/** Seconds of processor time so far. Of PostgreSQL and nginx those of their children too, ended ones included. */
function processorSeconds({ instances, nginx, dataDir }: Topology) {
  const postmaster = Number(fs.readFileSync(postmasterFile(dataDir), "utf8").split("\n", 1)[0]);
  const family = (pid: number) => [pid, ...childrenOf(pid)].reduce((sum, each) => sum + processorSecondsOf(each), 0);
  return {
    instances: instances.reduce((sum, { pid }) => sum + processorSecondsOf(pid), 0),
    postgres: family(postmaster),
    nginx: family(nginx.pid),
  };
}

function postmasterFile(dataDir: string): string {
  const found = fs
    .readdirSync(dataDir, { recursive: true, encoding: "utf8" })
    .find((file) => path.basename(file) === "postmaster.pid");
  if (found === undefined) throw new Error(`No PostgreSQL runs below ${dataDir}`);
  return path.join(dataDir, found);
}

/** In a hundredth of a second: what Linux counts in, whatever its kernel's own tick (proc(5), USER_HZ). */
const TICKS = 100;
/** Own time in user and kernel, and that of children that were waited for; 0 of who has ended. */
function processorSecondsOf(pid: number): number {
  const [utime = 0, stime = 0, cutime = 0, cstime = 0] = statOf(pid).slice(11, 15).map(Number);
  return (utime + stime + cutime + cstime) / TICKS;
}
const childrenOf = (parent: number): number[] =>
  fs
    .readdirSync("/proc")
    .map(Number)
    .filter((pid) => pid > 0 && Number(statOf(pid)[1]) === parent);
/** What stands after the name in `/proc/PID/stat`, from the state on; nothing of who has ended. */
function statOf(pid: number): string[] {
  try {
    const said = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    return said.slice(said.lastIndexOf(")") + 2).split(" ");
  } catch {
    return [];
  }
}

const judged = (phases: readonly Phase[]): Phase[] => phases.filter(({ name }) => name !== "warm");

function report(outcomes: readonly Outcome[], phases: readonly Phase[], memoryMb: unknown) {
  const figures = Object.fromEntries(
    judged(phases).map(({ name }) => [
      name,
      {
        signIns: figuresOf(outcomes, "sign_in", name),
        page: figuresOf(outcomes, "page", name),
        passkey: figuresOf(outcomes, "passkey", name),
      },
    ]),
  );
  const causes = new Map<string, number>();
  for (const { why } of outcomes) if (why !== undefined) causes.set(why, (causes.get(why) ?? 0) + 1);
  for (const [why, count] of causes) say(`${count} × ${why}`);
  const brokenPromises = broken(outcomes, phases);
  for (const one of brokenPromises) say(`not held: ${one}`);
  return {
    ...figures,
    normalAfterSeconds: judged(phases).length > 1 ? secondsUntilNormal(outcomes, phases) : undefined,
    memoryMb,
    held: brokenPromises.length === 0,
  };
}

const say = (line: string): void => console.error(`load: ${line}`);
