import pg from "pg";
import { fixturePerson } from "#lib/testing/identities.ts";
import { type TcpProxy, tcpProxy, through } from "#lib/testing/tcp-proxy.ts";
import { clientOf, settleIn } from "../../harness/people.ts";
import { openDatabase } from "../../harness/portal.ts";
import { startTopology, type Topology } from "../../topology/start-topology.ts";
import { backAfter, watchInstances } from "./probe.ts";
import { rounded, until } from "./until.ts";
import { Visitor } from "./visitor.ts";

const BACK_WITHIN = 10;
/** Seconds. */
const LISTENS_WITHIN = 60;
const SETTLES_FOR_MS = 12_000;
const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

/** What is done to PostgreSQL or to the way there; the moment it is over is when this resolves. */
const faults: Record<string, (topology: Topology, wire: TcpProxy) => Promise<void>> = {
  cut: async (_, wire) => wire.cut(),
  "cut ten times": async (_, wire) => {
    for (let n = 0; n < 10; n++) {
      wire.cut();
      await pause(200);
    }
  },
  "silence of 5 s": async (_, wire) => {
    wire.fallSilent();
    await pause(5_000);
    wire.speakAgain();
  },
  "200 ms of delay for 20 s": async (_, wire) => {
    wire.slowBy(100);
    await pause(20_000);
    wire.slowBy(0);
  },
  restart: async ({ database }) => {
    await database.stop();
    await database.start();
  },
  "away for 15 s": async ({ database }) => {
    await database.stop();
    await pause(15_000);
    await database.start();
  },
};

/** `npm run drill -- database [FAULT]`: two instances on a PostgreSQL that fails them in several ways, one after the other. */
export async function database([only]: readonly string[]): Promise<{ held: boolean } & Record<string, unknown>> {
  let wire: TcpProxy | undefined;
  const topology = await startTopology({
    databaseBy: async (url) => {
      wire = await tcpProxy(Number(new URL(url).port));
      return through(wire, url);
    },
  });
  try {
    if (!wire) throw new Error("No way to the database");
    const found = [];
    const pids = topology.instances.map(({ pid }) => pid);
    for (const [n, [name, fault]] of Object.entries(faults).entries())
      if (only === undefined || only === name) found.push(await afterFault(topology, wire, name, fault, n * 100));
    const sameProcesses = topology.instances.every(({ pid }, n) => pid === pids[n] && isAlive(pid));
    return { held: sameProcesses && found.every(({ held }) => held), sameProcesses, faults: found };
  } finally {
    await topology.stop();
    await wire?.stop();
  }
}

async function afterFault(
  topology: Topology,
  wire: TcpProxy,
  name: string,
  fault: (typeof faults)[string],
  firstPerson: number,
) {
  console.log(`${name} …`);
  const watch = await watchInstances(topology, 4, firstPerson);
  await pause(3_000);
  const began = performance.now();
  await fault(topology, wire);
  const over = performance.now();
  await pause(SETTLES_FOR_MS);
  await watch.stop();
  const seen = watch.outcomes().filter(({ at }) => at > began);
  const back = backAfter(seen, over);
  const lost = await notInTrail(topology, watch.acknowledged());
  const inHand = await letterAfter(topology);
  const fresh = await freshLetter(topology, firstPerson + 50);
  // The library that keeps the queues waits longer after each try; until then it looks at them every two seconds.
  const wanted = topology.instances.length * 2;
  await until("all listen again", async () => (await listeners(topology)) >= wanted, LISTENS_WITHIN);
  const held = Math.max(back, fresh) <= BACK_WITHIN && lost === 0;
  const outcome = {
    fault: name,
    held,
    asked: seen.length,
    failed: seen.filter((one) => !one.held).length,
    backAfter: rounded(back),
    acknowledgedLost: lost,
    freshLetterAfter: rounded(fresh),
    noLetterOwedAfterAtMost: rounded(SETTLES_FOR_MS / 1_000 + inHand),
    listenAgainAfterAtMost: rounded((performance.now() - over) / 1_000),
  };
  console.log(JSON.stringify(outcome));
  return outcome;
}

/** Sign-ins that were answered with the way home, and of which the trail knows nothing. */
async function notInTrail({ dataDir }: Topology, acknowledged: readonly string[]): Promise<number> {
  const owner = await openDatabase(dataDir);
  try {
    const { rows } = await owner.query<{ id: string; times: number }>(
      "select account_id as id, count(*)::int as times from audit_event where type = 'sign_in.succeeded' and account_id = any($1) group by 1",
      [[...new Set(acknowledged)]],
    );
    const known = new Map(rows.map(({ id, times }) => [id, times]));
    const given = Map.groupBy(acknowledged, (id) => id);
    return [...given].reduce((lost, [id, times]) => lost + Math.max(0, times.length - (known.get(id) ?? 0)), 0);
  } finally {
    await owner.end();
  }
}

/** Seconds from when somebody asks for their activation letter until the mail server has it. */
async function freshLetter(topology: Topology, n: number): Promise<number> {
  const { origin, instances, keys, mail, database } = topology;
  const person = fixturePerson(n);
  await settleIn({ ownerUrl: database.ownerUrl, keys }, [person], "registered");
  const { browser } = new Visitor(origin, instances[0] as { origin: string }, clientOf(n).address);
  const page = await browser.open("/activate");
  await browser.submitAndFollow(page, { identityNumber: person.identity.number });
  return until("the letter is there", () => mail.letters().some(({ to }) => to === person.officialEmail), 60);
}

/** Seconds until no letter is owed any more: of those in hand when the fault came, whose instance could not say so. */
async function letterAfter({ dataDir }: Topology): Promise<number> {
  const owner = await openDatabase(dataDir);
  try {
    return await until(
      "every letter is handed over",
      async () => (await owner.query("select 1 from letter where state = 'queued' limit 1")).rowCount === 0,
      60,
    );
  } finally {
    await owner.end();
  }
}

/** Connections that wait to be told of something. */
async function listeners({ database: { ownerUrl } }: Topology): Promise<number> {
  const client = new pg.Client(ownerUrl);
  await client.connect();
  try {
    const { rows } = await client.query<{ many: number }>(
      "select count(*)::int as many from pg_stat_activity where application_name like 'kunci%' and (query ilike 'listen%' or query ilike '%pg_listening_channels%')",
    );
    return rows[0]?.many ?? 0;
  } finally {
    await client.end();
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
