import { startPortal } from "./portal.ts";

/** One portal for all journeys of a run; each test comes from an address of its own, so limits do not meet. */
export default async function setUp(): Promise<() => Promise<void>> {
  const portal = await startPortal();
  process.env.KUNCI_E2E_ORIGIN = portal.origin;
  process.env.KUNCI_E2E_DATA_DIR = portal.dataDir;
  return portal.stop;
}
