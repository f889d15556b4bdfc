import { randomBytes } from "node:crypto";
import fs from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { startEmbedded } from "#db/embedded.ts";
import { type Keyring, keyPurposes } from "#lib/kernel/keyring.ts";
import { minutes } from "#lib/kernel/time.ts";
import { parseKeyring } from "#lib/server/start/keys.ts";
import { newDataDir, type Portal, startPortal } from "./portal.ts";

export type Instance = 0 | 1;

export type TwoInstances = {
  /** Where both are reached, and what both call themselves. */
  origin: string;
  keys: Keyring;
  ownerUrl: string;
  /** Sends everything to one of them, or each request to one by its path; null: to the other one than the last. */
  sendTo: (instance: Instance | ((path: string) => Instance) | null) => void;
  /** How many requests each has answered. */
  answered: () => readonly [number, number];
  stop: () => Promise<void>;
};

/** Two portals with one PostgreSQL and one set of keys, behind one address that hands requests to them in turn. */
export async function startTwoInstances(): Promise<TwoInstances> {
  const folders = [newDataDir(), newDataDir(), newDataDir()] as const;
  const database = await startEmbedded(folders[0]);
  const balancer = await startBalancer();
  const keysJson = JSON.stringify(
    Object.fromEntries(
      keyPurposes.map((purpose) => [purpose, { current: "k1", keys: { k1: randomBytes(32).toString("base64url") } }]),
    ),
  );
  const env = {
    KUNCI_MODE: "demo",
    ORIGIN: balancer.origin,
    DATABASE_URL: database.appUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    KUNCI_KEYS: keysJson,
  };
  const running: Portal[] = [];
  const stop = async () => {
    await balancer.close();
    for (const portal of running) await portal.stop();
    await database.stop();
    for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true });
  };
  try {
    for (const dataDir of folders.slice(1)) running.push(await startPortal({ dataDir, env }));
    balancer.behind(running.map(({ origin }) => Number(new URL(origin).port)));
  } catch (fault) {
    await stop();
    throw fault;
  }
  const { origin, sendTo, answered } = balancer;
  return { origin, keys: parseKeyring(keysJson, "KUNCI_KEYS"), ownerUrl: database.ownerUrl, sendTo, answered, stop };
}

async function startBalancer() {
  let ports: readonly number[] = [];
  let chosen: Parameters<TwoInstances["sendTo"]>[0] = null;
  let turn = 0;
  const counts: [number, number] = [0, 0];
  const server = http.createServer((req, res) => {
    const { method, url: path = "/", headers } = req;
    const to = (typeof chosen === "function" ? chosen(path) : chosen) ?? ((turn++ % 2) as Instance);
    counts[to] += 1;
    const onward = http.request({ host: "127.0.0.1", port: ports[to], method, path, headers }, (answer) => {
      // How long a connection is kept is said for each by itself (RFC 9110 §7.6.1).
      const { connection: _, "keep-alive": __, ...rest } = answer.headers;
      res.writeHead(answer.statusCode ?? 502, rest);
      answer.pipe(res);
    });
    onward.on("error", () => res.destroy());
    req.pipe(onward);
  });
  // A client never meets a connection that is just going.
  server.keepAliveTimeout = minutes(10);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    behind: (found: readonly number[]) => {
      ports = found;
    },
    sendTo: (instance: typeof chosen) => {
      chosen = instance;
    },
    answered: () => counts,
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
