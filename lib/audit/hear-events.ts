import type { AuditEvent } from "./catalogue.ts";

export type Listener = (event: AuditEvent) => void;

// Pages and jobs evaluate modules separately; whoever counts is one for the process.
const shared = globalThis as { kunciHearsEvents?: Listener | undefined };

/** From now on `listener` is told of each event this process has written. One at most; it must be quick and never throw. */
export function hearEvents(listener: Listener | undefined): void {
  shared.kunciHearsEvents = listener;
}

/**
 * To be called once the statement that writes them has been carried out, also where it is one of a caller's own. A transaction
 * that is rolled back afterwards has been told of all the same: what hears this counts, and decides nothing.
 */
export function tellWritten(events: readonly AuditEvent[]): void {
  const listener = shared.kunciHearsEvents;
  if (listener) for (const event of events) listener(event);
}
