import type { Db } from "#db/client.ts";
import { before, minutes } from "#lib/kernel/time.ts";
import { keysOf, membersOf } from "#lib/server/keys/join-keys.ts";
import { aliveAt, stateOf } from "#lib/server/keys/key-life.ts";
import { type Finding, ok, warn } from "./finding.ts";

/** Longer than a restart of all instances takes, one after the other. */
const HANDED_OUT_WITHIN = minutes(30);

/** Keys that are being replaced: one that is not handed out everywhere, and what may be taken away. Nothing where none is. */
export async function keyFindings(db: Db, now: Date): Promise<Finding[]> {
  const [rows, members] = await Promise.all([keysOf(db), membersOf(db)]);
  const alive = aliveAt(members, now);
  return rows.flatMap((row): Finding[] => {
    const name = `the ${row.purpose} key "${row.keyId}"`;
    const state = stateOf(row);
    if (state === "spent")
      return [ok("keys replaced", `Nothing needs ${name} any more: kunci keys remove ${row.purpose} ${row.keyId}`)];
    if (state !== "waits" || row.firstSeenAt > before(now, HANDED_OUT_WITHIN)) return [];
    const without = alive.filter(({ holds }) => !holds[row.purpose]?.includes(row.keyId)).map(({ id }) => id);
    const why =
      without.length > 0
        ? `these instances do not hold it: ${without.join(", ")}`
        : "no instance's keys call it the current one";
    return [warn("keys replaced", `${name} has waited for half an hour: ${why}. Give every instance the newest keys`)];
  });
}
