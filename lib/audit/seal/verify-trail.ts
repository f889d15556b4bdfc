import { asc, gt, inArray } from "drizzle-orm";
import { run } from "#db/named.ts";
import { auditRedaction, auditSeal } from "#db/schema/audit.ts";
import type { Context } from "#lib/kernel/context.ts";
import { compareRows, type TouchedRow } from "./compare-rows.ts";
import type { Head } from "./last-seal.ts";
import {
  type Entry,
  hashOf,
  type Redaction,
  redactionSignatureOf,
  type Seal,
  sealedRows,
  signatureOf,
  unpackEntries,
} from "./sign.ts";

/**
 * Where a trail is broken. Events are named by number: `changed`; `missing`; `inserted` among those that were sealed;
 * `reordered`, what was sealed under `was`. Seals: `seal_changed`, `seal_missing`; `key_missing`, its key is not here, so
 * nothing can be said; `redaction_changed`, what it was sealed anew by when addresses were forgotten is none of the portal's. Against a head: `tail_cut`, the trail ends before it; `head_differs`, it is another trail.
 */
export type Break =
  | ({ seal: number } & TouchedRow)
  | { what: "seal_changed" | "seal_missing" | "redaction_changed"; seal: number }
  | { what: "key_missing"; seal: number; keyId: string }
  | { what: "tail_cut"; seal: number; lastSeal: number }
  | { what: "head_differs"; seal: number };

export type Verdict = {
  /** The first place that is not as it was sealed; null where all of it is. */
  broken: Break | null;
  seals: number;
  events: number;
  /** Events that no seal covers yet: nothing is said of these. */
  unsealed: { events: number; oldest: Date | null };
};

/** Seals looked at in one query: some 25 KB each. */
const SEALS_AT_ONCE = 100;

const unsealedStatement = {
  name: "audit_not_sealed_yet",
  text: "select count(*) as events, min(at) as oldest from audit_event where $1::bigint is null or id > $1",
};

/**
 * Goes through the whole trail, seal by seal, and stops at the first thing that is not as it was sealed. Changes nothing;
 * needs no more than the right to read. A million events take some seconds, and never more than one batch of memory.
 */
export async function verifyTrail(ctx: Pick<Context, "db" | "keys">, head: Head | null = null): Promise<Verdict> {
  let previous: Seal | null = null;
  let events = 0;
  const verdict = async (broken: Break | null): Promise<Verdict> => ({
    broken,
    seals: previous?.number ?? 0,
    events,
    unsealed: broken ? { events: 0, oldest: null } : await unsealed(ctx, previous),
  });
  for (;;) {
    const seals = await sealsAfter(ctx, previous);
    const redactions = await redactionsOf(ctx, seals);
    for (const seal of seals) {
      const broken: Break | null =
        brokenSeal(ctx, seal, previous) ?? (await brokenRow(ctx, seal, previous, redactions.get(seal.number)));
      if (broken) return verdict(broken);
      if (head?.number === seal.number && head.signature !== seal.signature)
        return verdict({ what: "head_differs", seal: seal.number });
      previous = seal;
      events += seal.rowCount;
    }
    if (seals.length < SEALS_AT_ONCE) break;
  }
  const reached = previous?.number ?? 0;
  return verdict(head && head.number > reached ? { what: "tail_cut", seal: head.number, lastSeal: reached } : null);
}

const sealsAfter = (ctx: Pick<Context, "db">, previous: Seal | null): Promise<Seal[]> =>
  ctx.db
    .select()
    .from(auditSeal)
    .where(previous ? gt(auditSeal.number, previous.number) : undefined)
    .orderBy(asc(auditSeal.number))
    .limit(SEALS_AT_ONCE);

function brokenSeal(ctx: Pick<Context, "keys">, seal: Seal, previous: Seal | null): Break | null {
  const expected = (previous?.number ?? 0) + 1;
  if (seal.number !== expected)
    // A number below the first was never given.
    return { what: seal.number > expected ? "seal_missing" : "seal_changed", seal: Math.min(seal.number, expected) };
  const key = ctx.keys.audit.keys[seal.keyId];
  if (!key) return { what: "key_missing", seal: seal.number, keyId: seal.keyId };
  const right = signatureOf(key, seal, previous?.signature ?? null) === seal.signature;
  return right ? null : { what: "seal_changed", seal: seal.number };
}

async function redactionsOf(ctx: Pick<Context, "db">, seals: readonly Seal[]): Promise<Map<number, Redaction>> {
  if (seals.length === 0) return new Map();
  const numbers = seals.map(({ number }) => number);
  const found = await ctx.db.select().from(auditRedaction).where(inArray(auditRedaction.sealNumber, numbers));
  return new Map(found.map((redaction) => [redaction.sealNumber, redaction]));
}

async function brokenRow(
  ctx: Pick<Context, "db" | "keys">,
  seal: Seal,
  previous: Seal | null,
  redaction: Redaction | undefined,
): Promise<Break | null> {
  const { keyId, entries } = redaction ?? seal;
  const key = ctx.keys.audit.keys[keyId];
  if (!key) return { what: "key_missing", seal: seal.number, keyId };
  if (redaction && redactionSignatureOf(key, redaction, seal.signature) !== redaction.signature)
    return { what: "redaction_changed", seal: seal.number };
  const found = await run<{ id: string; said: string }>(ctx.db, sealedRows, [
    previous?.lastId ?? null,
    seal.lastId,
    // One more than were sealed in its place is enough to see that there is one too many.
    seal.rowCount + 1,
  ]);
  const rows: Entry[] = found.map(({ id, said }) => ({ id: Number(id), hash: hashOf(key, said) }));
  const touched = compareRows(unpackEntries(entries), rows);
  return touched && { seal: seal.number, ...touched };
}

async function unsealed(ctx: Pick<Context, "db">, last: Seal | null): Promise<Verdict["unsealed"]> {
  const [row] = await run<{ events: string; oldest: Date | null }>(ctx.db, unsealedStatement, [last?.lastId ?? null]);
  return { events: Number(row?.events ?? 0), oldest: row?.oldest ?? null };
}
