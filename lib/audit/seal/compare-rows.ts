import type { Entry } from "./sign.ts";

/** An event that is not as it was sealed. `was`: the number under which the same was sealed. */
export type TouchedRow =
  | { what: "changed" | "missing" | "inserted"; event: number }
  | { what: "reordered"; event: number; was: number };

/**
 * The first event, by number, that is not as it was sealed; null where all are. Both in the order of numbers. An event
 * that says what was sealed under another number, and is no longer there, was moved.
 */
export function compareRows(sealed: readonly Entry[], found: readonly Entry[]): TouchedRow | null {
  const place = sealed.findIndex((then, n) => !same(then, found[n]));
  const at = place < 0 ? sealed.length : place;
  const then = sealed[at];
  const now = found[at];
  if (then && (!now || now.id > then.id)) {
    const elsewhere = outOfPlace(found, sealed).find(({ hash }) => hash === then.hash);
    return elsewhere ? { what: "reordered", event: elsewhere.id, was: then.id } : { what: "missing", event: then.id };
  }
  if (!now) return null;
  const original = outOfPlace(sealed, found).find(({ hash }) => hash === now.hash);
  if (original) return { what: "reordered", event: now.id, was: original.id };
  return { what: then?.id === now.id ? "changed" : "inserted", event: now.id };
}

const same = (one: Entry, other: Entry | undefined): boolean => one.id === other?.id && one.hash === other.hash;

/** Those that do not stand in the other list as they are. */
function outOfPlace(of: readonly Entry[], other: readonly Entry[]): Entry[] {
  const standing = new Map(other.map(({ id, hash }) => [id, hash]));
  return of.filter(({ id, hash }) => standing.get(id) !== hash);
}
