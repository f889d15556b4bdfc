import { Counter, Gauge, type Registry } from "prom-client";
import type { AdmissionFigures } from "../front/overload/admit-requests.ts";
import { runtime } from "../runtime.ts";

/** Requests at work and waiting at the front, and how many were put off with 503 because there were too many. */
export function measureAdmission(
  registry: Registry,
  figures: () => AdmissionFigures | undefined = () => runtime.admission?.(),
): void {
  const gauge = new Gauge({
    name: "kunci_admission_requests",
    help: "Requests at work, the most that may be just now, and those that wait for a place.",
    labelNames: ["state"],
    registers: [registry],
    collect() {
      const now = figures();
      gauge.reset();
      if (!now) return;
      gauge.set({ state: "at_work" }, now.atWork);
      gauge.set({ state: "places" }, now.places);
      gauge.set({ state: "waiting" }, now.waiting);
    },
  });
  const shed = new Counter({
    name: "kunci_requests_shed_total",
    help: "Requests put off with 503 because there were too many, by how much that costs their person.",
    labelNames: ["urgency"],
    registers: [registry],
    collect() {
      shed.reset();
      for (const [urgency, times] of Object.entries(figures()?.putOff ?? {})) shed.inc({ urgency }, times);
    },
  });
}
