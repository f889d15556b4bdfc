import { and, eq, sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { auditRedaction, auditSeal } from "#db/schema/audit.ts";
import { keyCheck } from "#db/schema/key-check.ts";
import type { Context } from "#lib/kernel/context.ts";
import { after, before, hours, minutes } from "#lib/kernel/time.ts";
import { LOCK_LINK_LIFETIME, NOTICE_LIFETIME } from "#lib/mail/letters.ts";
import { limits } from "#lib/throttle/limits.ts";
import { dropFormer, indexAnew } from "./index-anew.ts";
import { keysOf, membersOf } from "./join-keys.ts";
import { aliveAt, type KeyRow, type Member, type Purpose, stateOf, writersOf } from "./key-life.ts";
import { sealAnew } from "./seal-anew.ts";

/** What was begun with the former key has been written by then: no request, job or import's step takes so long. */
export const WRITTEN_WITHIN = minutes(2);
/** A request that waits in a queue (`prepare-queues.ts`: an hour) finds its account by what it was left with. */
export const LEFT_WITHIN = hours(2);
/** One run's share: the next one, a minute later, goes on behind it. */
const WORKS_FOR = minutes(4);
/** In a line of the log. */
const NAMED_AT_MOST = 20;

/** How long what a key of these made is of use after the last: "lock my account" in a letter that was late; the longest cookie. */
const usedFor = {
  link: (until: Date) => after(after(until, LOCK_LINK_LIFETIME), NOTICE_LIFETIME),
  cookie: (until: Date) => after(until, limits.registrationLapsesAfter),
} as const;

/** `unreadable`: sealed values that no key opens, by place and row; their key stays needed until somebody has looked. */
export type Replaced = { resealed: number; indexed: number; spent: string[]; unreadable?: string[] };

/** When nothing that a key of links or cookies made is of use any more; null of others, and of one that still writes. */
export const usefulUntil = ({ purpose, writesUntil }: Pick<KeyRow, "purpose" | "writesUntil">): Date | null =>
  writesUntil !== null && (purpose === "link" || purpose === "cookie") ? usedFor[purpose](writesUntil) : null;

/**
 * Goes on with whatever replaces a key: seals values and places lookups anew, and marks keys that nothing needs any more.
 * Null where there was nothing to do, which is one query. One at a time may (a job of the queue); it may be killed anywhere.
 */
export async function replaceKeys(ctx: Context, goOn: () => boolean = lasting(ctx)): Promise<Replaced | null> {
  const rows = await keysOf(ctx.db);
  const olds = rows.filter((row) => stateOf(row) === "reads");
  if (olds.length === 0) return null;
  const alive = aliveAt(await membersOf(ctx.db), ctx.now());
  const done: Replaced = { resealed: 0, indexed: 0, spent: [] };
  const spend = async (keys: readonly KeyRow[]) => {
    for (const { purpose, keyId } of keys) done.spent.push(`${purpose} ${keyId}`);
    await mark(ctx, keys, { spentAt: ctx.now() });
  };
  const settled = olds.filter((row) => isSettled(ctx, row, rows, alive));

  const sealing = settled.filter(({ purpose }) => purpose === "sealing");
  if (sealing.length > 0) {
    const { resealed, complete, unreadable } = await sealAnew(ctx, goOn);
    done.resealed = resealed;
    if (unreadable.length > 0) done.unreadable = unreadable.slice(0, NAMED_AT_MOST);
    if (complete) await spend(sealing);
  }
  for (const row of settled.filter(({ purpose }) => purpose === "lookup"))
    await replaceLookup(ctx, row, alive, { done, spend, goOn });
  const over = olds.filter((row) => {
    const until = usefulUntil(row);
    return until !== null && until <= ctx.now();
  });
  await spend(over);
  await spend(await auditKeysUnused(ctx, olds));
  return done.unreadable || done.resealed + done.indexed + done.spent.length > 0 ? done : null;
}

type Work = { done: Replaced; spend: (keys: readonly KeyRow[]) => Promise<void>; goOn: () => boolean };

async function replaceLookup(ctx: Context, row: KeyRow, alive: readonly Member[], { done, spend, goOn }: Work) {
  if (row.movedAt === null) {
    const { indexed, complete } = await indexAnew(ctx, row.keyId, goOn);
    done.indexed += indexed;
    if (complete) await mark(ctx, [row], { movedAt: ctx.now() });
    return;
  }
  // Nobody writes under both any more, and nobody was left a request with the former place alone.
  if (row.movedAt > before(ctx.now(), LEFT_WITHIN) || alive.some(({ former }) => former === row.keyId)) return;
  const { indexed, complete } = await dropFormer(ctx, goOn);
  done.indexed += indexed;
  if (complete) await spend([row]);
}

/** Every instance writes with the next key, and what one of them had begun with this one is written. */
function isSettled(ctx: Context, row: KeyRow, rows: readonly KeyRow[], alive: readonly Member[]): boolean {
  const writer = writersOf(rows, row.purpose as Purpose)[0];
  return (
    writer !== undefined &&
    row.writesUntil !== null &&
    after(row.writesUntil, WRITTEN_WITHIN) <= ctx.now() &&
    ctx.keys[row.purpose as Purpose].current === writer.keyId &&
    alive.every(({ writes }) => writes[row.purpose] === writer.keyId)
  );
}

/** A seal of the trail, and what took its place, is looked at with the key that made it, for as long as it lies there. */
async function auditKeysUnused(ctx: Context, olds: readonly KeyRow[]): Promise<KeyRow[]> {
  const its = olds.filter(({ purpose }) => purpose === "audit");
  if (its.length === 0) return [];
  const used = await sealsByKey(ctx.db);
  return its.filter((row) => isSettledLong(ctx, row) && !used.has(row.keyId));
}

const isSettledLong = (ctx: Context, { writesUntil }: KeyRow): boolean =>
  writesUntil !== null && after(writesUntil, WRITTEN_WITHIN) <= ctx.now();

/** How many seals of the trail each audit key made. */
export async function sealsByKey(db: Db): Promise<Map<string, number>> {
  const { rows } = await db.execute<{ keyId: string; count: string }>(
    sql`select key_id as "keyId", count(*) as count
      from (select key_id from ${auditSeal} union all select key_id from ${auditRedaction}) s group by 1`,
  );
  return new Map(rows.map(({ keyId, count }) => [keyId, Number(count)]));
}

/** Only where it still only reads: it may have been made to write again. */
async function mark(ctx: Context, keys: readonly KeyRow[], set: { movedAt?: Date; spentAt?: Date }): Promise<void> {
  for (const { purpose, keyId, writesUntil } of keys)
    await ctx.db
      .update(keyCheck)
      .set(set)
      .where(
        and(
          eq(keyCheck.purpose, purpose),
          eq(keyCheck.keyId, keyId),
          sql`${keyCheck.writesUntil} = ${writesUntil}::timestamptz`,
        ),
      );
}

function lasting(ctx: Context): () => boolean {
  const until = after(ctx.now(), WORKS_FOR);
  return () => ctx.now() < until;
}
