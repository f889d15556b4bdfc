import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { startPortal } from "./portal.ts";

/** One portal for all journeys of a run; each test comes from an address of its own, so limits do not meet. */
export default async function setUp(): Promise<() => Promise<void>> {
  const portal = await startPortal();
  const lookedAt = fs.mkdtempSync(path.join(os.tmpdir(), "kunci-looked-at-"));
  process.env.KUNCI_E2E_ORIGIN = portal.origin;
  process.env.KUNCI_E2E_DATA_DIR = portal.dataDir;
  process.env.KUNCI_E2E_LOOKED_AT = lookedAt;
  return async () => {
    await portal.stop();
    fs.rmSync(lookedAt, { recursive: true });
  };
}
