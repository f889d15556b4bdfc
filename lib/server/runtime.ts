import type { IncomingMessage, ServerResponse } from "node:http";
import type { ExampleClients } from "./demo/example-systems/serve-examples.ts";
import type { Tally } from "./front/count-requests.ts";
import type { AdmissionFigures } from "./front/overload/admit-requests.ts";

/**
 * What the launcher and the bundled application hand each other. Both evaluate this file, so it lies on globalThis; it is
 * empty until the application has started.
 */
export type Runtime = {
  /** Sums of requests over all instances. */
  tally?: Tally;
  /** How many requests are at work, wait and were put off. */
  admission?: () => AdmissionFigures;
  /** Answers what comes below `/oidc`. */
  oidc?: (req: IncomingMessage, res: ServerResponse) => Promise<void>;
  /** Finishes jobs under way and closes the database pool. */
  stop?: () => Promise<void>;
  /** The demonstration's example systems: where they answer, and, once registered, what they sign in with. */
  examples?: { origin: string; clients?: ExampleClients };
  /** Why the start was refused, a line each. */
  refused?: readonly string[];
  /** What else ended the start. */
  fault?: unknown;
};

const shared = globalThis as { kunciRuntime?: Runtime };
shared.kunciRuntime ??= {};
export const runtime: Runtime = shared.kunciRuntime;
