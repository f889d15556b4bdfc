import { type Portal, startPortal } from "../harness/portal.ts";
import { startTopology } from "../topology/start-topology.ts";

/** What is measured: `dataDir` leads to its database and keys. */
export type Subject = Pick<Portal, "origin" | "dataDir" | "stop">;

/** As on one machine, or as in production: two instances in production mode behind nginx with TLS. */
export type Place = "alone" | "behind nginx";

/** Starts it, so that load generators started after it believe its certificate. */
export async function startSubject(place: Place): Promise<Subject> {
  if (place === "alone") return startPortal();
  const topology = await startTopology();
  // Read when a process starts: of the generators to come.
  process.env.NODE_EXTRA_CA_CERTS = topology.caFile;
  return topology;
}

/** The name of a case, with where it was measured. */
export const caseAt = (name: string, place: Place): string => (place === "alone" ? name : `${name}, ${place}`);
