import { getHeapStatistics } from "node:v8";
import { seconds } from "#lib/kernel/time.ts";
import type { Pressure } from "./admit-requests.ts";

const LOOKED_EVERY = seconds(0.1);

/** What a process knows of its memory, in bytes; `limit` of a container is absent on a machine without one. */
export type Memory = { heap: number; heapLimit: number; resident: number; limit?: number | undefined };

/** The fuller of the two: V8's heap, whose end is the process's, or everything, whose end is the container's. */
export function memoryInUse({ heap, heapLimit, resident, limit }: Memory): number {
  return Math.max(heap / heapLimit, limit ? resident / limit : 0);
}

/** Tells ten times a second how far the process is behind its clock, and how full it is, until it is stopped. */
export function feelPressure(tell: (pressure: Pressure) => void, now: () => number = () => performance.now()) {
  let due = now() + LOOKED_EVERY;
  const timer = setInterval(() => {
    const at = now();
    tell({ lag: Math.max(0, at - due), memory: memoryInUse(memory()) });
    due = at + LOOKED_EVERY;
  }, LOOKED_EVERY).unref();
  return () => clearInterval(timer);
}

function memory(): Memory {
  const { used_heap_size, heap_size_limit } = getHeapStatistics();
  // Node answers 0, or what no machine has, where nothing limits it.
  const limit = process.constrainedMemory();
  const isLimited = limit > 0 && limit < Number.MAX_SAFE_INTEGER;
  return {
    heap: used_heap_size,
    heapLimit: heap_size_limit,
    resident: process.memoryUsage.rss(),
    limit: isLimited ? limit : undefined,
  };
}
