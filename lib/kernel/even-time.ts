import { performance } from "node:perf_hooks";
import { setTimeout as wait } from "node:timers/promises";
import type { Duration } from "./time.ts";

/**
 * Starts a clock; the function it returns waits until a whole multiple of `step` has passed, so that the time taken tells
 * nobody which way the work went: an account that exists costs more than one that does not.
 */
export function evenly(step: Duration): () => Promise<void> {
  const start = performance.now();
  return async () => {
    const spent = performance.now() - start;
    await wait(Math.ceil(spent / step) * step - spent);
  };
}

/** Runs `work` and answers evenly, whatever came of it; a fault is held back alike. */
export async function inEvenTime<T>(step: Duration, work: () => Promise<T>): Promise<T> {
  const settle = evenly(step);
  try {
    return await work();
  } finally {
    await settle();
  }
}
