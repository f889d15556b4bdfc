import { spawnSync } from "node:child_process";
import pg from "pg";
import { bareEnvironment } from "../harness/portal.ts";
import { migrateAsOperator } from "../topology/as-operator.ts";
import { startTopology, type Topology } from "../topology/start-topology.ts";
import type { Drill } from "./run.ts";
import { type Failure, peopleAtWork } from "./upgrade/people-at-work.ts";
import { prepareRelease, type Release, revisionBefore } from "./upgrade/release-before.ts";

const PEOPLE = 6;
/** Of work in each phase; a whole journey takes some three. */
const SECONDS = 20;

/**
 * From the release before to this one and back, while people are at work: `npm run drill -- upgrade [REVISION] [SECONDS]`. Two
 * instances of the old one behind nginx; the schema is brought forward; one instance after the other becomes the new one;
 * then the new one is taken back, instance by instance, beside the new schema. Held where no request failed.
 */
export const upgrade: Drill = async ([revision, seconds]) => {
  const say = (line: string): void => console.log(line);
  const before = prepareRelease(revision ?? revisionBefore(), say);
  const span = Number(seconds ?? SECONDS) * 1_000;
  const old = { folder: before.folder };
  const topology = await startTopology({ instances: [old, old] });
  try {
    settlePeopleBy(before, topology);
    const refusal = await newBesideOldSchema(topology, before);
    say(`This release beside the schema of the one before: ${refusal}`);
    const people = peopleAtWork(topology.origin, PEOPLE);
    const phase = async (name: string, change: () => Promise<unknown>): Promise<void> => {
      people.enter(name);
      await change();
      await new Promise((done) => setTimeout(done, span));
      say(`${name}: ${people.journeys()} journeys so far`);
    };
    const { instances, database } = topology;
    const become = (n: number, folder: string) => async () => {
      await instances[n]?.stop();
      await instances[n]?.start({ folder });
    };
    const here = process.cwd();
    await phase("the release before", async () => undefined);
    await phase("the schema is brought forward", () => migrateAsOperator(database));
    await phase("one of two is new", become(0, here));
    await phase("both are new", become(1, here));
    await phase("one is taken back", become(0, before.folder));
    await phase("both are taken back", become(1, before.folder));
    const { failed, ...worked } = await people.stop();
    for (const line of counted(failed)) say(line);
    const served = instances.map((instance) => instance.output().split('"request"').length - 1);
    return {
      held: failed.length === 0 && refusal !== "it started" && worked.journeys > 0,
      from: before.revision.slice(0, 12),
      migrations: (await migrationsIn(database.ownerUrl)) - before.migrations,
      ...worked,
      served,
      failed: failed.length,
    };
  } finally {
    await topology.stop();
  }
};

/** Accounts as the release before writes them: this one's code would name columns that are not there yet. */
function settlePeopleBy({ folder }: Release, { dataDir }: Topology): void {
  const program = `import { settlePeople } from "./e2e/harness/people.ts";
    import { fixturePerson } from "./lib/testing/identities.ts";
    await settlePeople(${JSON.stringify(dataDir)}, Array.from({ length: ${PEOPLE} }, (_, n) => fixturePerson(n)), "activated");
    process.exit(0);`;
  const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: folder,
    encoding: "utf8",
    env: bareEnvironment(),
  });
  if (status !== 0) throw new Error(`Nobody was settled: ${stderr}`);
}

/** Why this release does not start before the schema is brought forward. */
async function newBesideOldSchema({ instances }: Topology, before: Release): Promise<string> {
  const [first] = instances;
  if (!first) throw new Error("No instance");
  await first.stop();
  const said = first.output().length;
  const outcome = await first.start({ folder: process.cwd() }).then(
    () => "it started",
    () => /schema is behind[^\n]*/.exec(first.output().slice(said))?.[0] ?? "it ended without a reason",
  );
  if (outcome === "it started") await first.stop();
  await first.start({ folder: before.folder });
  return outcome;
}

const migrationsIn = async (url: string): Promise<number> => {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rows } = await client.query<{ applied: number }>(
      "select count(*)::int as applied from drizzle.__drizzle_migrations",
    );
    return rows[0]?.applied ?? 0;
  } finally {
    await client.end();
  }
};

function counted(failed: readonly Failure[]): string[] {
  const groups = Map.groupBy(failed, ({ phase, what }) => `FAILED while ${phase}: ${what}`);
  return [...groups].map(([line, all]) => `${line} (${all.length} times)`);
}
