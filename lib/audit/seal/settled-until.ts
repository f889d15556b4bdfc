import { setTimeout as sleep } from "node:timers/promises";
import { run } from "#db/named.ts";
import type { Context } from "#lib/kernel/context.ts";

const newest = { name: "audit_newest", text: "select coalesce(max(id), 0) as id from audit_event" };

// Whoever inserts holds this lock on the table from before its number is drawn until its transaction ends.
const writers = {
  name: "audit_writers",
  text: `select array_agg(virtualtransaction) as at_work from pg_locks
    where locktype = 'relation' and relation = 'audit_event'::regclass and mode = 'RowExclusiveLock' and granted
      and database = (select oid from pg_database where datname = current_database())
      and ($1::text[] is null or virtualtransaction = any($1))`,
};

/** Milliseconds between two looks, and how many: transactions of the portal take less than the 5 seconds together. */
const LOOK_EVERY = 100;
const LOOKS = 50;

/**
 * The number up to which no event can appear any more: numbers are drawn in order but committed in any, so whoever was
 * writing when the newest was seen is waited for. Null where somebody keeps writing for longer than five seconds; the
 * next round tries again.
 */
export async function settledUntil(ctx: Pick<Context, "db">): Promise<number | null> {
  const [last] = await run<{ id: string }>(ctx.db, newest, []);
  let waitedFor: string[] | null = null;
  for (let look = 0; look < LOOKS; look += 1) {
    const rows: { at_work: string[] | null }[] = await run(ctx.db, writers, [waitedFor]);
    waitedFor = rows[0]?.at_work ?? null;
    if (waitedFor === null) return Number(last?.id ?? 0);
    await sleep(LOOK_EVERY);
  }
  return null;
}
