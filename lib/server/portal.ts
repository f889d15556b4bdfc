import type { Db } from "#db/client.ts";
import type { Keyring } from "#lib/kernel/keyring.ts";
import type { Config } from "./config.ts";
import type { Log } from "./log.ts";

export type Portal = { db: Db; keys: Keyring; config: Config; log: Log };

// Pages, routes and instrumentation evaluate modules separately; one pool and one set of keys for all of them lies here.
const shared = globalThis as { kunciPortal?: Portal };

/** What everybody in this process shares, from `start()` on. Throws before it. */
export function portal(): Portal {
  if (!shared.kunciPortal) throw new Error("The portal has not started: requests come in through lib/server/serve.ts");
  return shared.kunciPortal;
}

export function openPortal(opened: Portal): Portal {
  shared.kunciPortal = opened;
  return opened;
}

/** The portal, or nothing while it is starting: for health checks. */
export const portalIfOpen = (): Portal | undefined => shared.kunciPortal;
