import { Counter, Gauge, type Registry } from "prom-client";
import type { Db } from "#db/client.ts";
import { hashQueue } from "#lib/authenticators/hashing.ts";
import { type Check, checks } from "../health/checks.ts";
import { type DatabaseFigures, type Look, lookAtDatabase } from "./look-at-database.ts";
import type { Metrics } from "./metrics.ts";

export type Measured = {
  db: Db;
  /** Names of the checks of `/api/ready` that fail. */
  failing: () => Promise<readonly Check[]>;
  look?: Look;
};

/**
 * What is read when somebody asks: this instance's pool, hashes and readiness, and what all instances share. What cannot be
 * told is left out, since an old figure would look like a good one.
 */
export function measurePortal(metrics: Metrics, { db, failing, look = lookAtDatabase(db) }: Measured): void {
  measurePool(metrics.registry, db);
  measureHashes(metrics.registry);
  measureReadiness(metrics, failing);
  measureDatabase(metrics, look);
}

function measurePool(registry: Registry, { $client: pool }: Db): void {
  const gauge = new Gauge({
    name: "kunci_database_pool_connections",
    help: "Connections of this instance to the database, and requests that wait for one.",
    labelNames: ["state"],
    registers: [registry],
    collect() {
      gauge.set({ state: "busy" }, pool.totalCount - pool.idleCount);
      gauge.set({ state: "idle" }, pool.idleCount);
      gauge.set({ state: "waiting" }, pool.waitingCount);
      gauge.set({ state: "max" }, pool.options.max);
    },
  });
}

function measureHashes(registry: Registry): void {
  const gauge = new Gauge({
    name: "kunci_hash_queue",
    help: "Hashes of passwords and answers under way, and waiting for their turn.",
    labelNames: ["state"],
    registers: [registry],
    collect() {
      const { running, waiting } = hashQueue();
      gauge.set({ state: "running" }, running);
      gauge.set({ state: "waiting" }, waiting);
    },
  });
  new Counter({
    name: "kunci_hash_refusals_total",
    help: "Hashes that were refused since too many waited.",
    registers: [registry],
    collect() {
      this.reset();
      this.inc(hashQueue().refused);
    },
  });
}

function measureReadiness({ registry, beforehand }: Metrics, failing: Measured["failing"]): void {
  const ready = new Gauge({ name: "kunci_ready", help: "1 where /api/ready answers 200.", registers: [registry] });
  const failingChecks = new Gauge({
    name: "kunci_check_failing",
    help: "1 for each check of /api/ready that fails.",
    labelNames: ["check"],
    registers: [registry],
  });
  beforehand.push(async () => {
    const found = await failing();
    failingChecks.reset();
    for (const check of found) failingChecks.set({ check }, 1);
    ready.set(found.some((check) => checks[check].blocks) ? 0 : 1);
  });
}

/** A gauge of what the database told: one value, or one for each label. Null leaves it out. */
type Told = [name: string, help: string, label: string | null, values: (of: DatabaseFigures) => Values];
type Values = Readonly<Record<string, number | null>>;

const one = (value: number | null): Values => ({ "": value });
const ofQueues = (of: DatabaseFigures, value: (queue: DatabaseFigures["queues"][string]) => number | null): Values =>
  Object.fromEntries(Object.entries(of.queues).map(([name, queue]) => [name, value(queue)]));

const told: readonly Told[] = [
  [
    "kunci_key_replaced_timestamp_seconds",
    "When a key stopped writing that something is still under.",
    "purpose",
    (of) => of.keysReplaced,
  ],
  [
    "kunci_instances",
    "Instances at this database: all of them, and those that work on the queues.",
    "kind",
    (of) => of.instances,
  ],
  ["kunci_letters_queued", "Letters that are owed.", null, (of) => one(of.lettersQueued)],
  [
    "kunci_letters_oldest_queued_seconds",
    "How long the oldest owed letter has waited.",
    null,
    (of) => one(of.oldestLetter ?? 0),
  ],
  [
    "kunci_audit_oldest_unsealed_seconds",
    "Age of the oldest event of the trail without a seal.",
    null,
    (of) => one(of.oldestUnsealed ?? 0),
  ],
  [
    "kunci_queues_counted_timestamp_seconds",
    "When a worker last looked through the queues.",
    null,
    (of) => one(of.queuesCounted),
  ],
  [
    "kunci_database_clock_offset_seconds",
    "How far this instance's clock is ahead of the database's.",
    null,
    (of) => one(of.ahead),
  ],
  [
    "kunci_database_connections",
    "Connections to this database, of all instances and others.",
    null,
    (of) => one(of.connections),
  ],
  ["kunci_database_size_bytes", "Size of the database.", null, (of) => one(of.size)],
  ["kunci_accounts", "Accounts by state, as last counted.", "status", (of) => of.accounts],
  [
    "kunci_keys",
    "Keys of the deployment: waits for instances, writes, reads while it is replaced, spent.",
    "state",
    (of) => of.keys,
  ],
  [
    "kunci_queue_waiting",
    "Jobs of a queue that could be carried out now.",
    "queue",
    (of) => ofQueues(of, ({ waiting }) => waiting),
  ],
  [
    "kunci_queue_later",
    "Jobs of a queue that are to be carried out later.",
    "queue",
    (of) => ofQueues(of, ({ later }) => later),
  ],
  ["kunci_queue_active", "Jobs of a queue at work.", "queue", (of) => ofQueues(of, ({ active }) => active)],
  [
    "kunci_queue_failed",
    "Jobs of a queue that were given up and are still kept.",
    "queue",
    (of) => ofQueues(of, ({ failed }) => failed),
  ],
  [
    "kunci_queue_oldest_seconds",
    "How long the oldest job has waited that could be carried out.",
    "queue",
    (of) => ofQueues(of, ({ oldest }) => oldest ?? 0),
  ],
];

function measureDatabase({ registry, beforehand }: Metrics, look: Look): void {
  const gauges = told.map(([name, help, label, values]) => ({
    gauge: new Gauge({ name, help, labelNames: label === null ? [] : [label], registers: [registry] }),
    label,
    values,
  }));
  const up = new Gauge({ name: "kunci_database_up", help: "1 where the database answered.", registers: [registry] });
  beforehand.push(async () => {
    const of = await look();
    up.set(of === null ? 0 : 1);
    for (const { gauge, label, values } of gauges) {
      if (label === null) gauge.remove();
      else gauge.reset();
      for (const [each, value] of Object.entries(of === null ? {} : values(of))) {
        if (value !== null) gauge.set(label === null ? {} : { [label]: each }, value);
      }
    }
  });
}
