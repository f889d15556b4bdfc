import type { Config } from "../config.ts";
import { measureAdmission } from "./measure-admission.ts";
import { measureProcess } from "./measure-process.ts";
import { type Metrics, metrics } from "./metrics.ts";

/** Begins to count in this process, before its first request. `measurePortal` adds what is there once the portal is open. */
export function openMetrics({ version, mode }: Pick<Config, "version" | "mode">): {
  metrics: Metrics;
  stop: () => void;
} {
  const counted = metrics();
  counted.buildInfo.set({ version, node: process.versions.node, mode }, 1);
  measureAdmission(counted.registry);
  const { stop } = measureProcess(counted.registry);
  return { metrics: counted, stop };
}
