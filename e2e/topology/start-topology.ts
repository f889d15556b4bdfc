import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { type Embedded, startEmbedded } from "#db/embedded.ts";
import { type Keyring, keyPurposes } from "#lib/kernel/keyring.ts";
import { parseKeyring } from "#lib/server/start/keys.ts";
import { freePort, newDataDir } from "../harness/portal.ts";
import { buildIn, migrateAsOperator, type Office, settleOffices } from "./as-operator.ts";
import { makeCertificates, trust } from "./certificates.ts";
import { type Instance, type InstanceWanted, prepareInstance } from "./instance.ts";
import { type KeptLetter, keepLetters } from "./keep-letters.ts";
import { startNginx } from "./nginx.ts";

export type TopologyWanted = {
  /** How many, or what each is; two alike where nothing is said. */
  instances?: number | readonly InstanceWanted[];
  /** Settings of all instances besides the topology's own. */
  env?: Readonly<Record<string, string>>;
  /** PostgreSQL's own settings, such as `{ shared_buffers: "256MB" }`. */
  postgres?: Readonly<Record<string, string>>;
  /** What DATABASE_URL of the instances is made of that of the application: by way of a proxy, a pooler. */
  databaseBy?: (appUrl: string) => string | Promise<string>;
  /** The same for SMTP_URL. */
  mailBy?: (smtpUrl: string) => string | Promise<string>;
  /** False leaves the database without offices, as a new deployment's. */
  offices?: boolean;
};

export type Topology = {
  /** `https://localhost:PORT`: nginx. This process believes its certificate. */
  origin: string;
  ca: string;
  caFile: string;
  /** For Chromium's `--ignore-certificate-errors-spki-list`. */
  spki: string;
  /** Holds the database and the keys as a demonstration's does, so that `settlePeople` and `openDatabase` work on it. */
  dataDir: string;
  keys: Keyring;
  keysFile: string;
  /** What all instances are started with, their ports excepted: what an operator's commands want, too. */
  settings: Readonly<Record<string, string>>;
  instances: readonly Instance[];
  /** nginx's master process, and what it has said. */
  nginx: { pid: number; said: () => string };
  database: { appUrl: string; ownerUrl: string; stop: () => Promise<void>; start: () => Promise<void> };
  mail: {
    url: string;
    /** Where `/mailbox.json` answers, for other processes. */
    mailbox: string;
    /** Newest first. */
    letters: () => readonly KeptLetter[];
    stop: () => Promise<void>;
    start: () => Promise<void>;
  };
  offices: readonly Office[];
  /** Everything, and removes what it wrote. */
  stop: () => Promise<void>;
};

/** Two instances hold ten connections each and some for queues; drills and fillers come besides. */
const CONNECTIONS = "150";

/**
 * What compose.yaml describes, without containers: instances in production mode, PostgreSQL, nginx with a certificate of an
 * authority of its own, a mail server that keeps the letters; all on loopback, on free ports.
 */
export async function startTopology(wanted: TopologyWanted = {}): Promise<Topology> {
  const undo: (() => Promise<unknown> | unknown)[] = [];
  const stop = async () => {
    for (let next = undo.pop(); next; next = undo.pop()) await next();
  };
  try {
    return { ...(await begin(wanted, undo)), stop };
  } catch (fault) {
    await stop();
    throw fault;
  }
}

async function begin(
  wanted: TopologyWanted,
  undo: (() => Promise<unknown> | unknown)[],
): Promise<Omit<Topology, "stop">> {
  const dataDir = newDataDir();
  undo.push(() => fs.rmSync(dataDir, { recursive: true, force: true }));
  const certificates = makeCertificates(dataDir);
  trust(certificates.ca);
  const { keysFile, keys } = makeKeys(dataDir);

  const database = await startDatabase(dataDir, { max_connections: CONNECTIONS, ...wanted.postgres });
  undo.push(database.stop);
  const { instances: described = 2 } = wanted;
  const each: readonly InstanceWanted[] =
    typeof described === "number" ? Array.from({ length: described }, () => ({})) : described;
  // Before the first start, which has a time to be ready within: a build on a busy machine takes minutes.
  for (const folder of new Set(each.map(({ folder = process.cwd() }) => folder))) buildIn(folder);
  const owner = each[0]?.runAs;
  if (owner) fs.chownSync(keysFile, owner.uid, owner.gid);
  await migrateAsOperator(database, each[0]?.folder);
  const offices = wanted.offices === false ? [] : await settleOffices(database.ownerUrl);
  const sink = await keepLetters();
  undo.push(sink.close);

  const [httpPort, httpsPort] = [await freePort(), await freePort()];
  const origin = `https://localhost:${httpsPort}`;
  const common = {
    ORIGIN: origin,
    DATABASE_URL: (await wanted.databaseBy?.(database.appUrl)) ?? database.appUrl,
    KUNCI_KEYS_FILE: keysFile,
    KUNCI_DATA_DIR: path.join(dataDir, "portal"),
    SMTP_URL: (await wanted.mailBy?.(sink.url)) ?? sink.url,
    TRUSTED_PROXIES: "127.0.0.1/32",
    RELYING_PARTY_NETWORKS: "127.0.0.1/32",
    NODE_EXTRA_CA_CERTS: certificates.caFile,
    ...wanted.env,
  };
  const instances: Instance[] = [];
  for (const one of each) instances.push(prepareInstance(await freePort(), common, one));
  undo.push(() => Promise.all(instances.map((instance) => instance.stop())));
  await Promise.all(instances.map((instance) => instance.start()));

  const ports = instances.map(({ port }) => port);
  const nginx = await startNginx({ folder: dataDir, httpPort, httpsPort, ports, ...certificates });
  undo.push(nginx.stop);
  const { ca, caFile, spki } = certificates;
  const { close: _, ...mail } = sink;
  const settings = { KUNCI_MODE: "production", ...common };
  return { origin, ca, caFile, spki, dataDir, keys, keysFile, settings, instances, nginx, database, mail, offices };
}

function makeKeys(folder: string): { keysFile: string; keys: Keyring } {
  const keysFile = path.join(folder, "keys.json");
  const random = () => randomBytes(32).toString("base64url");
  const made = Object.fromEntries(keyPurposes.map((purpose) => [purpose, { current: "k1", keys: { k1: random() } }]));
  fs.writeFileSync(keysFile, JSON.stringify(made), { mode: 0o600 });
  return { keysFile, keys: parseKeyring(fs.readFileSync(keysFile, "utf8"), keysFile) };
}

/** A PostgreSQL that comes back where it was after it has been stopped. */
async function startDatabase(
  folder: string,
  settings: Readonly<Record<string, string>>,
): Promise<Topology["database"]> {
  const port = String(await freePort());
  const open = () => startEmbedded(folder, { ...settings, port });
  let running: Embedded | undefined = await open();
  const { appUrl, ownerUrl } = running;
  return {
    appUrl,
    ownerUrl,
    stop: async () => {
      const closing = running;
      running = undefined;
      await closing?.stop();
    },
    start: async () => {
      running ??= await open();
    },
  };
}
