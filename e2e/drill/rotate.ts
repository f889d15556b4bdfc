import https from "node:https";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import pg from "pg";
import { connect } from "#db/client.ts";
import { keysOf as keyRows } from "#lib/server/keys/join-keys.ts";
import { stateOf } from "#lib/server/keys/key-life.ts";
import { countByKey } from "#lib/server/keys/seal-anew.ts";
import { withNewKey, writeKeysFile } from "#lib/server/keys/write-keys-file.ts";
import { readKeyring } from "#lib/server/start/keys.ts";
import { fixturePerson } from "#lib/testing/identities.ts";
import { BrowserWithoutScript } from "../bench/browser-without-script.ts";
import { fillAccounts } from "../bench/fill-accounts.ts";
import { type Client, clientOf, settleIn } from "../harness/people.ts";
import { startTopology, type Topology } from "../topology/start-topology.ts";
import type { Drill } from "./run.ts";

const FIRST_PERSON = 45_000;
const PEOPLE = 200;
const AT_ONCE = 3;
/** What was sent to a killed instance is lost with it, until nginx has tried it again. */
const AFTER_KILL = 15_000;
const PATIENCE = 30 * 60_000;

const say = (line: string): void => console.log(line);
const seconds = (from: number): number => Math.round((Date.now() - from) / 100) / 10;

/**
 * Replaces the sealing and the lookup key of a portal of two production instances while people sign in, and kills
 * each instance in the middle: nobody is turned away, and at the end nothing needs the former keys.
 */
export const rotate: Drill = async (args) => {
  const { values } = parseArgs({ args: [...args], options: { accounts: { type: "string" } } });
  const accounts = Number(values.accounts ?? 100_000);
  const topology = await startTopology();
  const database = new pg.Pool({ connectionString: topology.database.ownerUrl, max: 2 });
  const db = connect(topology.database.appUrl, { max: 2 });
  try {
    say(`${accounts} accounts are put in place`);
    await fillAccounts(database, topology.keys, accounts);
    const people = Array.from({ length: PEOPLE }, (_, n) => FIRST_PERSON + n);
    await settleIn(
      { ownerUrl: topology.database.ownerUrl, keys: topology.keys },
      people.map(fixturePerson),
      "activated",
    );
    const signing = signInAllTheWhile(topology, people.map(clientOf));
    const begun = Date.now();
    const found = readKeyring(topology.keysFile);
    const sealing = withNewKey(found, "sealing");
    const lookup = withNewKey(sealing.keys, "lookup");
    writeKeysFile(topology.keysFile, found, lookup.keys);
    say(`The file has a new sealing key (${sealing.keyId}) and a new lookup key (${lookup.keyId})`);

    const rows = async () => (await keyRows(db)).filter(({ purpose }) => purpose === "sealing" || purpose === "lookup");
    const until = async (what: string, holds: () => Promise<boolean>) => {
      for (const end = Date.now() + PATIENCE; !(await holds()); await wait(500))
        if (Date.now() > end) throw new Error(`Not within 30 minutes: ${what}`);
      say(`${seconds(begun)} s: ${what}`);
      return seconds(begun);
    };
    const states = async (purpose: string, keyId: string) =>
      (await rows()).some((row) => row.purpose === purpose && row.keyId === keyId && stateOf(row) === "writes");
    const writes = await until(
      "both instances write with the new keys",
      async () => (await states("sealing", sealing.keyId)) && (await states("lookup", lookup.keyId)),
    );
    const left = async () => (await countByKey(db)).get("k1") ?? 0;
    await until("a part is sealed anew", async () => (await left()) < accounts * 0.9);
    // Whichever has the job: its connection holds rows while it writes, so both are killed, one after the other.
    const killedAt = Date.now();
    for (const instance of topology.instances) {
      await instance.kill();
      say(`${seconds(begun)} s: an instance was killed with ${await left()} values left`);
      await instance.start();
    }
    const allBack = Date.now();
    const moved = await until("every account stands under both lookup keys", async () =>
      (await rows()).some(({ purpose, movedAt }) => purpose === "lookup" && movedAt !== null),
    );
    // Two hours for requests in queues: the drill does not wait for them.
    await database.query("update key_check set moved_at = moved_at - interval '3 hours' where moved_at is not null");
    const spent = await until(
      "nothing needs the former keys",
      async () => (await rows()).filter((row) => stateOf(row) === "spent").length === 2,
    );
    const signed = await signing.stop({ from: killedAt, to: allBack + AFTER_KILL });
    const {
      rows: [rest],
    } = await database.query<{ former: number }>("select count(identity_index_former)::int as former from account");
    const unsealed = await left();
    const held = unsealed === 0 && rest?.former === 0 && signed.failed === 0 && signed.done > 0;
    return {
      accounts,
      secondsUntil: { writes, moved, spent },
      left: unsealed,
      former: rest?.former,
      signIns: signed,
      held,
    };
  } finally {
    await db.$client.end();
    await database.end();
    await topology.stop();
  }
};

/** Some at a time, one person after the other, as browsers without JavaScript do. */
function signInAllTheWhile({ origin, ca }: Topology, clients: readonly Client[]) {
  const agent = new https.Agent({ keepAlive: true, ca });
  const outcomes: { at: number; took: number; fault?: string }[] = [];
  let stopped = false;
  let next = 0;
  const worker = async () => {
    while (!stopped) {
      const client = clients[next++ % clients.length] as Client;
      const at = Date.now();
      try {
        await signIn(new BrowserWithoutScript(origin, client.address, agent), client);
        outcomes.push({ at, took: Date.now() - at });
      } catch (fault) {
        outcomes.push({ at, took: Date.now() - at, fault: (fault as Error).message });
      }
      await wait(500);
    }
  };
  const workers = Array.from({ length: AT_ONCE }, worker);
  return {
    stop: async (kills: { from: number; to: number }) => {
      stopped = true;
      await Promise.all(workers);
      agent.destroy();
      const faults = outcomes.filter(({ fault }) => fault !== undefined);
      const isOfKill = ({ at, took }: { at: number; took: number }) => at + took >= kills.from && at < kills.to;
      const failed = faults.filter((one) => !isOfKill(one));
      for (const { fault } of failed.slice(0, 5)) say(`failed: ${fault}`);
      const times = outcomes
        .filter(({ fault }) => fault === undefined)
        .map(({ took }) => took)
        .toSorted((a, b) => a - b);
      return {
        done: times.length,
        failed: failed.length,
        lostWithTheKilled: faults.length - failed.length,
        medianMs: times[Math.floor(times.length / 2)] ?? null,
        p95Ms: times[Math.floor(times.length * 0.95)] ?? null,
      };
    },
  };
}

async function signIn(browser: BrowserWithoutScript, { identityNumber, password }: Client): Promise<void> {
  const asks = await browser.open("/sign-in");
  const methods = await browser.submitAndFollow(asks, { identityNumber });
  const page = await browser.openDoor(methods, "/sign-in/password");
  const home = await browser.submitAndFollow(page, { password });
  if (home.status !== 200 || home.path.split("?", 1)[0] !== "/home")
    throw new Error(`led to ${home.path} (${home.status})`);
}
