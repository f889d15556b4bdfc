import type { Topology } from "../../topology/start-topology.ts";
import { settleClients, Visitor } from "./visitor.ts";

/** What is asked of every instance all the time: a page of somebody signed in (reads), and a sign-in (reads and writes). */
export type Asked = "home" | "sign-in";
export type Outcome = { at: number; instance: number; asked: Asked; held: boolean; milliseconds: number };

const PAUSE = { home: 200, "sign-in": 700 } as const;

/**
 * People who use each instance by itself until `stop`. Whoever is slow is waited for, as people wait. An acknowledged sign-in is
 * counted, to be found in the trail afterwards.
 */
export async function watchInstances(topology: Topology, each = 4, from = 0) {
  const outcomes: Outcome[] = [];
  const acknowledged: string[] = [];
  let over = false;
  const run = async (instance: number, asked: Asked, work: () => Promise<boolean>): Promise<void> => {
    while (!over) {
      const began = performance.now();
      const held = await work().catch(() => false);
      outcomes.push({ at: performance.now(), instance, asked, held, milliseconds: performance.now() - began });
      await new Promise((done) => setTimeout(done, PAUSE[asked]));
    }
  };
  const running: Promise<void>[] = [];
  const { ownerUrl } = topology.database;
  const people = await settleClients({ ownerUrl, keys: topology.keys }, topology.instances.length * each, from);
  for (const [n, instance] of topology.instances.entries()) {
    const [stays, ...others] = people.slice(n * each, (n + 1) * each);
    if (!stays) throw new Error("Nobody to watch with");
    const visitor = new Visitor(topology.origin, instance, stays.address);
    if (!(await visitor.signIn(stays))) throw new Error(`${instance.origin} lets nobody in`);
    running.push(run(n, "home", () => visitor.home()));
    let turn = 0;
    running.push(
      run(n, "sign-in", async () => {
        const who = others[turn++ % others.length];
        if (!who) throw new Error("Nobody to sign in");
        const done = await new Visitor(topology.origin, instance, who.address).signIn(who);
        if (done) acknowledged.push(who.id);
        return done;
      }),
    );
  }
  return {
    outcomes: () => outcomes,
    acknowledged: () => acknowledged,
    stop: async () => {
      over = true;
      await Promise.all(running);
    },
  };
}

/** Seconds from a moment until everything asked of every instance held again, three times in a row and to the end. */
export function backAfter(outcomes: readonly Outcome[], since: number): number {
  const failed = outcomes.filter(({ at, held, milliseconds }) => !held && at - milliseconds > since);
  const late = outcomes.filter(({ at, milliseconds }) => at > since && at - milliseconds <= since);
  const last = Math.max(since, ...[...failed, ...late].map(({ at }) => at));
  return (last - since) / 1_000;
}
