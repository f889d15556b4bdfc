import { and, eq, inArray, lt, sql } from "drizzle-orm";
import type { Db, Tx } from "#db/client.ts";
import { instance, keyCheck } from "#db/schema/key-check.ts";
import { type Keyring, keyPurposes } from "#lib/kernel/keyring.ts";
import { before, days } from "#lib/kernel/time.ts";
import { noteKeys } from "../start/check-keys.ts";
import {
  aliveAt,
  dueTurns,
  formerLookup,
  type KeyRow,
  type Member,
  stateOf,
  type Turn,
  writersOf,
} from "./key-life.ts";

/** A process that holds keys. `works`: it does the work that is owed. */
export type Holder = { id: string; startedAt: Date; works: boolean };

// One instance at a time looks and decides: who begins without a key that is about to write is either seen, or refused.
const KEYS_LOCK = 58628;
/** Rows of what ended without a word are kept so long for whoever asks what happened. */
const ENDED_AFTER = days(1);

export type Joined = { turned: Turn[] };

/**
 * Says that this process is there with these keys, decides with what all others said which key writes, and goes by it: the
 * keyring that is given changes. Called at the start and every few seconds. Throws `StartRefused` as `noteKeys` does, and
 * then nothing has changed.
 */
export async function joinKeys(db: Db, keys: Keyring, holder: Holder, now: Date): Promise<Joined> {
  const { rows, turned } = await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${KEYS_LOCK})`);
    await noteKeys(tx, keys, now);
    await say(tx, keys, holder, now);
    const turns = dueTurns(await keysOf(tx), aliveAt(await membersOf(tx), now));
    for (const turn of turns) await carryOut(tx, turn, now);
    await forget(tx, now);
    const rows = await keysOf(tx);
    // What it is about to go by is said with the decision: nobody need wait for its next word.
    await say(tx, goingBy(keys, rows), holder, now);
    await tx.delete(instance).where(lt(instance.seenAt, before(now, ENDED_AFTER)));
    return { rows, turned: turns.filter(({ from }) => from.length > 0) };
  });
  const settled = goingBy(keys, rows);
  for (const purpose of keyPurposes) {
    keys[purpose].asked ??= keys[purpose].current;
    keys[purpose].current = settled[purpose].current;
  }
  keys.lookup.former = settled.lookup.former;
  return { turned };
}

/** It ends, and is waited for by nobody. */
export async function leaveKeys(db: Db, { id }: Pick<Holder, "id">): Promise<void> {
  await db.delete(instance).where(eq(instance.id, id));
}

export const membersOf = (on: Db | Tx): Promise<(typeof instance.$inferSelect)[]> =>
  on.select().from(instance).orderBy(instance.startedAt, instance.id);

export async function keysOf(on: Db | Tx): Promise<KeyRow[]> {
  return on.select().from(keyCheck).orderBy(keyCheck.purpose, keyCheck.firstSeenAt, keyCheck.keyId);
}

/** The same keys, with the ones current that the database says, as far as they are here. */
function goingBy(keys: Keyring, rows: readonly KeyRow[]): Keyring {
  const sets = keyPurposes.map((purpose) => {
    const writer = writersOf(rows, purpose)[0]?.keyId;
    const set = keys[purpose];
    return [purpose, writer !== undefined && set.keys[writer] ? { ...set, current: writer } : set] as const;
  });
  const settled = Object.fromEntries(sets) as Keyring;
  const former = formerLookup(rows);
  const isHere = former !== undefined && settled.lookup.keys[former] !== undefined;
  return { ...settled, lookup: { ...settled.lookup, former: isHere ? former : undefined } };
}

async function say(tx: Tx, keys: Keyring, { id, startedAt, works }: Holder, now: Date): Promise<void> {
  const per = <T>(of: (purpose: (typeof keyPurposes)[number]) => T): Record<string, T> =>
    Object.fromEntries(keyPurposes.map((purpose) => [purpose, of(purpose)]));
  const said: Omit<Member, "id"> & { works: boolean } = {
    seenAt: now,
    works,
    holds: per((purpose) => Object.keys(keys[purpose].keys)),
    asks: per((purpose) => keys[purpose].asked ?? keys[purpose].current),
    writes: per((purpose) => keys[purpose].current),
    former: keys.lookup.former ?? null,
  };
  await tx
    .insert(instance)
    .values({ id, startedAt, ...said })
    .onConflictDoUpdate({ target: instance.id, set: said });
}

/** What nothing needs, or never came to write, is known for as long as somebody holds it. */
async function forget(tx: Tx, now: Date): Promise<void> {
  const alive = aliveAt(await membersOf(tx), now);
  for (const row of await keysOf(tx)) {
    const state = stateOf(row);
    const isHeld = alive.some(({ holds }) => holds[row.purpose]?.includes(row.keyId));
    if ((state === "spent" || state === "waits") && !isHeld)
      await tx.delete(keyCheck).where(and(eq(keyCheck.purpose, row.purpose), eq(keyCheck.keyId, row.keyId)));
  }
}

async function carryOut(tx: Tx, { purpose, from, to }: Turn, now: Date): Promise<void> {
  const its = eq(keyCheck.purpose, purpose);
  if (from.length > 0)
    await tx
      .update(keyCheck)
      .set({ writesUntil: now, movedAt: null, spentAt: null })
      .where(and(its, inArray(keyCheck.keyId, from)));
  await tx
    .update(keyCheck)
    .set({ writesSince: now, writesUntil: null, movedAt: null, spentAt: null })
    .where(and(its, eq(keyCheck.keyId, to)));
}
