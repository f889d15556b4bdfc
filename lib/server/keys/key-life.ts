import type { instance, keyCheck } from "#db/schema/key-check.ts";
import { type Keyring, keyPurposes } from "#lib/kernel/keyring.ts";
import { before, minutes } from "#lib/kernel/time.ts";

export type KeyRow = Omit<typeof keyCheck.$inferSelect, "digest">;
export type Member = Pick<typeof instance.$inferSelect, "id" | "holds" | "asks" | "writes" | "former" | "seenAt">;
export type Purpose = keyof Keyring;

/** Who has not been seen for so long has ended, or cannot reach the database and so writes nothing. */
export const ALIVE_FOR = minutes(1);

export const aliveAt = <M extends Pick<Member, "seenAt">>(members: readonly M[], now: Date): M[] =>
  members.filter(({ seenAt }) => seenAt > before(now, ALIVE_FOR));

/** Where a key is in its life. waits: somebody asks for it, and not everybody holds it. spent: it may be taken away. */
export type KeyState = "waits" | "writes" | "reads" | "spent";

export const stateOf = (row: KeyRow): KeyState => {
  if (row.writesSince === null) return "waits";
  if (row.writesUntil === null) return "writes";
  return row.spentAt === null ? "reads" : "spent";
};

/** The key of a purpose that writes, in every instance; none before the first start, and several only where an older release wrote this. */
export const writersOf = (rows: readonly KeyRow[], purpose: Purpose): KeyRow[] =>
  rows.filter((row) => row.purpose === purpose && stateOf(row) === "writes");

/** The lookup key that is still written beside the one that writes. */
export const formerLookup = (rows: readonly KeyRow[]): string | undefined =>
  rows.find((row) => row.purpose === "lookup" && stateOf(row) === "reads" && row.movedAt === null)?.keyId;

export type Turn = { purpose: Purpose; from: string[]; to: string };

/**
 * Which keys shall write from now on in place of others, given the instances that are alive. A key that somebody asks for
 * takes over once every one of them holds it: nobody meets a value it cannot read. One that has written before only where
 * all ask for it, or two instances that were told differently would turn it back and forth. The next lookup key waits until
 * nothing needs the last one.
 */
export function dueTurns(rows: readonly KeyRow[], alive: readonly Member[]): Turn[] {
  return keyPurposes.flatMap((purpose): Turn[] => {
    const its = rows.filter((row) => row.purpose === purpose);
    const writers = writersOf(rows, purpose);
    const asked = (row: KeyRow) => alive.filter(({ asks }) => asks[purpose] === row.keyId).length;
    const held = (row: KeyRow) => alive.every(({ holds }) => holds[purpose]?.includes(row.keyId) ?? false);
    const fit = its.filter((row) => asked(row) > 0 && held(row));
    const [first] = writers;
    if (!first || writers.length > 1) {
      const to = fit.find((row) => writers.length === 0 || writers.includes(row)) ?? first;
      return to ? [{ purpose, from: writers.filter((row) => row !== to).map(({ keyId }) => keyId), to: to.keyId }] : [];
    }
    const isBusy = purpose === "lookup" && its.some((row) => stateOf(row) === "reads");
    const next = fit
      .filter((row) => row !== first && (row.writesSince === null || asked(row) === alive.length))
      .toSorted((a, b) => Number(b.firstSeenAt) - Number(a.firstSeenAt))[0];
    return next && !isBusy ? [{ purpose, from: [first.keyId], to: next.keyId }] : [];
  });
}
