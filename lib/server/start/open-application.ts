import fs from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import type { Config } from "../config.ts";
import type { KnowsAction } from "../front/check-action.ts";
import type { IsPage } from "../front/check-body.ts";
import type { Handler } from "../front/create-front.ts";
import { knowBuildFiles, knowPages, knowRoutes } from "../know-pages.ts";
import type { NameRoute } from "../metrics/name-route.ts";
import { runtime } from "../runtime.ts";
import { StartRefused } from "./start-refused.ts";

/** Next.js, ready to answer, and what the front asks of it before it lets a request through. */
export type Application = {
  handle: Handler;
  upgrade: (req: IncomingMessage, socket: Duplex, head: Buffer) => unknown;
  isRouterState: (header: string) => boolean;
  knowsAction: KnowsAction;
  isPage: IsPage;
  isBuildFile: (path: string) => boolean;
  nameRoute: NameRoute;
  close: () => Promise<void>;
};

/** Begins Next.js in this process; `instrumentation.ts` opens the portal in it. Takes what `loadNext` has loaded meanwhile. */
export async function openApplication(
  { port }: Config,
  development: boolean,
  next: Awaited<ReturnType<typeof loadNext>>,
): Promise<Application> {
  if (!development) takeBuiltConfiguration();
  // A server that never listens: Next.js takes over the upgrades of the one it is given, else of the first that asks it.
  const app = next.create({ dev: development, hostname: "127.0.0.1", port, httpServer: createServer() });
  const handle = app.getRequestHandler();
  try {
    await app.prepare();
    await askFirst(handle);
  } catch (fault) {
    await app.close();
    throw fault;
  }
  return {
    handle,
    upgrade: app.getUpgradeHandler(),
    isRouterState: (header) => {
      try {
        next.parseRouterState(header);
        return true;
      } catch {
        return false;
      }
    },
    knowsAction: development ? () => true : knownActions(),
    isPage: development ? () => true : knowPages(),
    isBuildFile: development ? () => true : knowBuildFiles(),
    nameRoute: development ? () => "development" : knowRoutes(),
    close: () => app.close(),
  };
}

/**
 * Next.js runs its hook, which opens the portal, with the first request it is given. That one is ours, past the front: a
 * start that is refused is then known before anybody else asks.
 */
async function askFirst(handle: Handler): Promise<void> {
  const server = createServer((req, res) => void handle(req, res));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  try {
    await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/health`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
  if (runtime.refused) throw new StartRefused(runtime.refused);
  if (runtime.fault !== undefined) throw runtime.fault;
}

/** Some 100 ms of loading, which goes on while PostgreSQL starts. */
export async function loadNext() {
  const [{ default: create }, { parseAndValidateFlightRouterState }] = await Promise.all([
    import("next"),
    // Next.js's own check of a header, which it answers with 500 where it fails.
    import("next/dist/server/app-render/parse-and-validate-flight-router-state.js"),
  ]);
  return { create, parseRouterState: parseAndValidateFlightRouterState as (header: string) => unknown };
}

/**
 * As the standalone server of Next.js does: the configuration the build wrote down. Otherwise next.config.ts would be
 * compiled again at each start, for 100 ms and a compiler of 40 MB.
 */
function takeBuiltConfiguration(): void {
  const { config } = JSON.parse(fs.readFileSync(".next/required-server-files.json", "utf8")) as { config: object };
  process.env.__NEXT_PRIVATE_STANDALONE_CONFIG = JSON.stringify(config);
}

/** The actions of this build, by the manifest that Next.js writes beside it. */
function knownActions(): KnowsAction {
  const manifest = JSON.parse(fs.readFileSync(".next/server/server-reference-manifest.json", "utf8")) as {
    node: Record<string, unknown>;
  };
  const ids = new Set(Object.keys(manifest.node));
  return (id) => ids.has(id);
}
