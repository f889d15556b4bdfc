import { sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { run } from "#db/named.ts";
import { auditSeal } from "#db/schema/audit.ts";
import type { Context } from "#lib/kernel/context.ts";
import { currentKey } from "#lib/kernel/keyring.ts";
import { before, minutes } from "#lib/kernel/time.ts";
import { lastSeal, newestSeals } from "./last-seal.ts";
import { settledUntil } from "./settled-until.ts";
import { hashOf, packEntries, type Seal, sealedRows, signatureOf } from "./sign.ts";

/** Events of one seal: a touched one is looked for among so many, and one waits for no more than so many others. */
const SEAL_ROWS = 1_000;
/** How long an event may lie unsealed. */
const SEAL_EVERY = minutes(5);

/** "k" as in the sealing of the trail: one sealer at a time, whatever the number of instances. */
export const SEALER_LOCK = 58625;

type Waiting = { count: string; oldest: Date | null };
const waitingStatement = {
  name: "audit_unsealed",
  text: `select count(*) as count, min(at) as oldest from (select at from audit_event where id > $1 order by id limit ${SEAL_ROWS}) as unsealed`,
};

/**
 * Fails, and so is seen in the log each minute, where the newest seal is none of the portal's: whoever may write seals
 * could else put one far ahead, and nothing would be sealed behind it. One whose key is gone is left to `verifyTrail`.
 */
function trust(ctx: Context, last: Seal, previous: Seal | undefined): void {
  const key = ctx.keys.audit.keys[last.keyId];
  if (!key || signatureOf(key, last, previous?.signature ?? null) === last.signature) return;
  throw new Error(
    `The audit trail is not sealed any more: seal ${last.number} was not made by this portal (kunci audit verify)`,
  );
}

/**
 * Seals what has come since the last seal, where it is `SEAL_ROWS` events or the oldest has lain for `SEAL_EVERY`: in
 * batches, each signed over the one before. Answers how many events; null where there was nothing to do yet. Any number
 * of sealers may run at once, and stop anywhere.
 */
export async function sealTrail(ctx: Context): Promise<{ sealed: number } | null> {
  const [last, previous] = await newestSeals(ctx.db, 2);
  if (last) trust(ctx, last, previous);
  const [waiting] = await run<Waiting>(ctx.db, waitingStatement, [last?.lastId ?? 0]);
  const isTime =
    Number(waiting?.count ?? 0) >= SEAL_ROWS ||
    (waiting?.oldest != null && waiting.oldest <= before(ctx.now(), SEAL_EVERY));
  return isTime ? sealAll(ctx) : null;
}

/** Seals all there is now. */
export async function sealAll(ctx: Context): Promise<{ sealed: number }> {
  const until = await settledUntil(ctx);
  let sealed = 0;
  if (until === null) return { sealed };
  for (let of = SEAL_ROWS; of === SEAL_ROWS; sealed += of)
    of = await ctx.db.transaction((tx) => sealBatch(tx, ctx, until));
  return { sealed };
}

async function sealBatch(tx: Tx, ctx: Context, until: number): Promise<number> {
  await tx.execute(sql`select pg_advisory_xact_lock(${SEALER_LOCK})`);
  const previous = await lastSeal(tx);
  const rows = await run<{ id: string; said: string }>(tx, sealedRows, [previous?.lastId ?? null, until, SEAL_ROWS]);
  const newest = rows.at(-1);
  if (!newest) return 0;
  const key = currentKey(ctx.keys.audit);
  const seal = {
    number: (previous?.number ?? 0) + 1,
    sealedAt: ctx.now(),
    lastId: Number(newest.id),
    rowCount: rows.length,
    entries: packEntries(rows.map(({ id, said }) => ({ id: Number(id), hash: hashOf(key, said) }))),
  };
  const signature = signatureOf(key, seal, previous?.signature ?? null);
  await tx.insert(auditSeal).values({ ...seal, keyId: ctx.keys.audit.current, signature });
  return rows.length;
}
