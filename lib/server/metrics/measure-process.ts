import { monitorEventLoopDelay } from "node:perf_hooks";
import { getHeapStatistics } from "node:v8";
import { Counter, Gauge, type Registry } from "prom-client";
import { seconds } from "#lib/kernel/time.ts";

const RESOLUTION_MS = 20;
/** The last whole span of this length is what is told, to however many ask. */
const SPAN = seconds(10);
const NANOSECONDS = 1e9;
const MICROSECONDS = 1e6;

/** Memory, processor and event loop of this process, under the names that Prometheus's libraries have for them. */
export function measureProcess(registry: Registry): { stop: () => void } {
  const registers = [registry];
  const started = Math.round(Date.now() / 1_000 - process.uptime());
  const read = (name: string, help: string, value: () => number): void => {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value());
      },
    });
  };
  read("process_resident_memory_bytes", "Resident memory of the process.", () => process.memoryUsage.rss());
  read("process_start_time_seconds", "When the process began.", () => started);
  new Counter({
    name: "process_cpu_seconds_total",
    help: "Processor time spent by the process.",
    registers,
    collect() {
      const { user, system } = process.cpuUsage();
      this.reset();
      this.inc((user + system) / MICROSECONDS);
    },
  });
  read("nodejs_heap_size_used_bytes", "Heap in use.", () => process.memoryUsage().heapUsed);
  read("kunci_heap_limit_bytes", "How large the heap may become.", () => getHeapStatistics().heap_size_limit);
  read("nodejs_external_memory_bytes", "Memory outside the heap: buffers, and what libraries hold.", () => {
    const { external } = process.memoryUsage();
    return external;
  });
  return measureEventLoop(registry);
}

function measureEventLoop(registry: Registry): { stop: () => void } {
  const monitor = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  monitor.enable();
  let last = { p50: 0, p99: 0, max: 0 };
  const gauge = new Gauge({
    name: "kunci_event_loop_delay_seconds",
    help: `How late the event loop came round, over the last ${SPAN / 1_000} seconds.`,
    labelNames: ["stat"],
    registers: [registry],
    collect() {
      for (const [stat, late] of Object.entries(last)) gauge.set({ stat }, late);
    },
  });
  // What it measures includes its own interval, which is no delay.
  const late = (nanoseconds: number): number =>
    Number.isFinite(nanoseconds) ? Math.max(0, nanoseconds / NANOSECONDS - RESOLUTION_MS / 1_000) : 0;
  const turn = setInterval(() => {
    if (monitor.count > 0)
      last = { p50: late(monitor.percentile(50)), p99: late(monitor.percentile(99)), max: late(monitor.max) };
    monitor.reset();
  }, SPAN).unref();
  return {
    stop: () => {
      clearInterval(turn);
      monitor.disable();
    },
  };
}
