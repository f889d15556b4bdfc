import { performance } from "node:perf_hooks";
import { ok, type Result, refuse } from "./result.ts";
import type { Duration } from "./time.ts";

/** So many at once, so many more waiting in line; whoever comes after that is told `busy` at once, instead of all waiting longer. */
export type Turnstile = (<T>(work: () => Promise<T>) => Promise<Result<T, "busy">>) & {
  /** How it stands; `refused` counts since the process began. */
  state: () => { running: number; waiting: number; refused: number };
};

export type TurnstileSettings = {
  atOnce: number;
  waiting: number;
  /**
   * What a wait is worth. Whoever would wait longer, by how long the work has taken of late, is told at once; whoever did all
   * the same is told instead of being worked for: the person has pressed again by then.
   */
  patience?: Duration;
  /** Milliseconds. */
  now?: () => number;
};

/** The part that the newest work has in what work is expected to take. */
const NEWEST = 0.1;

export function turnstile({ atOnce, waiting, patience, now = () => performance.now() }: TurnstileSettings): Turnstile {
  const worth = patience ?? Number.POSITIVE_INFINITY;
  let running = 0;
  let refused = 0;
  let takes = 0;
  const line: { since: number; enter: (inTime: boolean) => void }[] = [];
  const refuseBusy = () => {
    refused += 1;
    return refuse("busy");
  };
  /** To the first in line who still has use for it; `running` stays as it is unless there is none. */
  const handOn = (): void => {
    for (let next = line.shift(); next; next = line.shift()) {
      const inTime = now() - next.since <= worth;
      next.enter(inTime);
      if (inTime) return;
    }
    running -= 1;
  };
  const pass = async <T>(work: () => Promise<T>): Promise<Result<T, "busy">> => {
    if (running >= atOnce) {
      const wait = ((line.length + 1) * takes) / atOnce;
      if (line.length >= waiting || wait > worth) return refuseBusy();
      if (!(await new Promise<boolean>((enter) => line.push({ since: now(), enter })))) return refuseBusy();
    } else {
      running += 1;
    }
    const from = now();
    try {
      return ok(await work());
    } finally {
      takes += (now() - from - takes) * NEWEST;
      handOn();
    }
  };
  return Object.assign(pass, { state: () => ({ running, waiting: line.length, refused }) });
}
