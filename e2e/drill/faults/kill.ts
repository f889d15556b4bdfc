import { randomBytes, randomInt } from "node:crypto";
import pg from "pg";
import { connect } from "#db/client.ts";
import type { staffImportStates } from "#db/schema/staff-register.ts";
import type { Context } from "#lib/kernel/context.ts";
import { startApplying } from "#lib/staff-register/import/decide-import.ts";
import { uploadRegister } from "#lib/staff-register/import/upload-register.ts";
import { fixtureIdentity } from "#lib/testing/identities.ts";
import { TITLES } from "#lib/testing/staff-register.ts";
import { startTopology, type Topology } from "../../topology/start-topology.ts";
import { brokenInvariants } from "./invariants.ts";
import { activations, enrolments } from "./people-at-work.ts";
import { until } from "./until.ts";

const KILLS = 200;
const ROWS_A_FILE = 2_000;
const FIRST_ROW = 100_000;
/** From one kill to the next there is this much at most, in milliseconds: long enough for each kind of work to be under way. */
const MOMENT = 2_500;

/**
 * `npm run drill -- kill [KILLS]`: two instances, of which one is killed (-9) at random moments and started again, while people
 * activate accounts and enrol authenticator apps by them, and files of the staff register are applied.
 */
export async function kill([times = String(KILLS)]: readonly string[]): Promise<
  { held: boolean } & Record<string, unknown>
> {
  const topology = await startTopology();
  let over = false;
  try {
    const working = { topology, isOver: () => over };
    const work = Promise.all([activations(working), enrolments(working), imports(working)]);
    const failed = work.catch((fault: unknown) => fault);
    let killed = 0;
    for (; killed < Number(times); killed++) {
      await new Promise((done) => setTimeout(done, randomInt(50, MOMENT)));
      const instance = topology.instances[killed % topology.instances.length];
      await instance?.kill();
      await instance?.start();
      if (killed % 10 === 9) console.log(`${killed + 1} kills`);
    }
    over = true;
    const [activated, enrolled, imported] = await work;
    await failed;
    await settled(topology);
    const broken = await brokenInvariants(topology.database.ownerUrl, { activated, enrolled, imported });
    const total = Object.values(broken).reduce((sum, n) => sum + n, 0);
    return {
      held: total === 0 && activated.length > 0 && enrolled.length > 0 && imported > 0,
      kills: killed,
      acknowledged: { activations: activated.length, enrolments: enrolled.length, rowsImported: imported },
      broken,
    };
  } finally {
    over = true;
    await topology.stop();
  }
}

/** Files of new people, one after the other, read and applied by whichever instance takes the job. How many rows were applied. */
async function imports({ topology, isOver }: { topology: Topology; isOver: () => boolean }): Promise<number> {
  const db = connect(topology.database.appUrl, { max: 2 });
  const [office] = topology.offices;
  if (!office) throw new Error("No office");
  const ctx: Context = {
    db,
    now: () => new Date(),
    random: randomBytes,
    origin: topology.origin,
    keys: topology.keys,
    policy: {
      emailDomains: ["contoh.example.gov.my"],
      passwordPolicy: "jpa",
      twoFactors: "owner",
      registration: "open",
      passkeyRpId: "localhost",
    },
    actor: { kind: "operator" },
    request: { id: "drill", ip: "127.0.0.1", device: "Kunci", deviceToken: null, language: "ms" },
  };
  type State = (typeof staffImportStates)[number];
  const comesTo = (id: string, state: State) =>
    until(
      `the file is ${state}`,
      async () =>
        (await db.$client.query<{ state: State }>("select state from staff_import where id = $1", [id])).rows[0]
          ?.state === state,
      300,
    );
  let rows = 0;
  try {
    for (let file = 0; !isOver(); file++) {
      const lines = Array.from({ length: ROWS_A_FILE }, (_, n) => {
        const at = FIRST_ROW + file * ROWS_A_FILE + n;
        const { number } = fixtureIdentity(at);
        return `${number},Nur Contoh binti Teladan,staf${at}@contoh.example.gov.my,${office.code},${office.name},`;
      });
      const body = Buffer.from([TITLES, ...lines, ""].join("\r\n"));
      const kept = await uploadRegister(ctx, { fileName: "daftar.csv", isWhole: false }, piecesOf(body));
      if (!kept.ok) throw new Error(`The file was refused: ${kept.error}`);
      await comesTo(kept.value, "ready");
      const started = await startApplying(ctx, kept.value, { opensAt: null, suspendsAt: null, evenMany: true });
      if (!started.ok) throw new Error(`It was not applied: ${started.error}`);
      await comesTo(kept.value, "applied");
      rows += ROWS_A_FILE;
    }
    return rows;
  } finally {
    await db.$client.end();
  }
}

async function* piecesOf(body: Buffer): AsyncGenerator<Buffer> {
  yield body;
}

/** Letters of an instance that was killed are noticed after their heartbeat. */
async function settled({ database: { ownerUrl } }: Topology): Promise<void> {
  const client = new pg.Client(ownerUrl);
  await client.connect();
  try {
    await until(
      "no letter waits",
      async () => (await client.query("select 1 from letter where state = 'queued' limit 1")).rowCount === 0,
      180,
    );
  } finally {
    await client.end();
  }
}
