import { hearEvents } from "#lib/audit/hear-events.ts";
import { failingNow } from "../health/failing-now.ts";
import type { Portal } from "../portal.ts";
import { countEvent } from "./count-event.ts";
import { followCertificate } from "./follow-certificate.ts";
import { measurePortal } from "./measure-portal.ts";
import { type Metrics, metrics } from "./metrics.ts";

/**
 * From now on what happens in the open portal is counted, and what it knows of itself and its database can be asked for, until
 * what this answers is called.
 */
export function beSeen({ db, config }: Pick<Portal, "db" | "config">, transport: string): () => void {
  const counted = metrics();
  const known = new Set(namesIn(counted));
  counted.transport = transport;
  hearEvents((event) => countEvent(counted, event));
  measurePortal(counted, { db, failing: failingNow() });
  const endLooking = followCertificate(counted.registry, config.origin);
  return () => {
    endLooking();
    hearEvents(undefined);
    counted.beforehand.length = 0;
    for (const name of namesIn(counted)) if (!known.has(name)) counted.registry.removeSingleMetric(name);
  };
}

const namesIn = ({ registry }: Metrics): string[] => registry.getMetricsAsArray().map(({ name }) => name);
