import { and, asc, gt, isNotNull, lte, or, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { run } from "#db/named.ts";
import { auditEvent, auditRedaction, auditSeal } from "#db/schema/audit.ts";
import type { Context } from "#lib/kernel/context.ts";
import { currentKey } from "#lib/kernel/keyring.ts";
import { compareRows } from "./compare-rows.ts";
import { SEALER_LOCK } from "./seal-trail.ts";
import {
  hashOf,
  packEntries,
  redactionSignatureOf,
  type Seal,
  sealedRows,
  signatureOf,
  unpackEntries,
  withoutAddresses,
} from "./sign.ts";

/** Seals in one round, of up to a thousand events each: what does not fit waits for the next. */
const SEALS_A_ROUND = 200;

/** `at` as the driver gives it inside a transaction: text. */
type Said = { id: string; at: string; said: string };

/**
 * Takes address and device out of every event of sealed batches that lie wholly before this moment; who did what to whom,
 * and when, stays. Each batch is looked through first, then sealed anew as it is after it, over its first seal, which
 * stays too: the trail can be verified as before. Answers how many events. May stop anywhere, and be repeated.
 *
 * Throws where a batch is not as it was sealed: what somebody touched must not be sealed as it is.
 */
export async function forgetAddresses(ctx: Context, before: Date): Promise<number> {
  let forgotten = 0;
  for (let round = 0; round < SEALS_A_ROUND; round += 1) {
    const events = await ctx.db.transaction((tx) => forgetNext(tx, ctx, before));
    if (events === null) break;
    forgotten += events;
  }
  return forgotten;
}

async function forgetNext(tx: Tx, ctx: Context, before: Date): Promise<number | null> {
  await tx.execute(sql`select pg_advisory_xact_lock(${SEALER_LOCK})`);
  const [previous, seal] = await nextSeals(tx);
  if (!seal) return null;
  const span = [previous?.lastId ?? null, seal.lastId, seal.rowCount + 1];
  const rows = await run<Said>(tx, sealedRows, span);
  if (rows.some(({ at }) => new Date(at) >= before)) return null;
  mustBeAsSealed(ctx, seal, previous, rows);

  const key = currentKey(ctx.keys.audit);
  const left = await run<Pick<Said, "said">>(tx, withoutAddresses, [rows.map(({ said }) => said)]);
  const entries = packEntries(left.map(({ said }, n) => ({ id: Number(rows[n]?.id), hash: hashOf(key, said) })));
  const redaction = { sealNumber: seal.number, redactedAt: ctx.now(), entries };
  const { rowCount } = await tx
    .update(auditEvent)
    .set({ ip: null, device: null })
    .where(
      and(
        gt(auditEvent.id, previous?.lastId ?? Number.MIN_SAFE_INTEGER),
        lte(auditEvent.id, seal.lastId),
        or(isNotNull(auditEvent.ip), isNotNull(auditEvent.device)),
      ),
    );
  const signature = redactionSignatureOf(key, redaction, seal.signature);
  await tx.insert(auditRedaction).values({ ...redaction, keyId: ctx.keys.audit.current, signature });
  return rowCount ?? 0;
}

/** The first seal that was not dealt with, after the one before it; there may be none of either. */
async function nextSeals(tx: Tx): Promise<[Seal | undefined, Seal | undefined]> {
  const [last] = await tx
    .select({ number: sql<number>`coalesce(max(${auditRedaction.sealNumber}), 0)` })
    .from(auditRedaction);
  const done = last?.number ?? 0;
  const seals = await tx
    .select()
    .from(auditSeal)
    .where(and(gt(auditSeal.number, done - 1), lte(auditSeal.number, done + 1)))
    .orderBy(asc(auditSeal.number));
  return [seals.find(({ number }) => number === done), seals.find(({ number }) => number === done + 1)];
}

function mustBeAsSealed(ctx: Context, seal: Seal, previous: Seal | undefined, rows: readonly Said[]): void {
  const key = ctx.keys.audit.keys[seal.keyId];
  const isSigned = key !== undefined && signatureOf(key, seal, previous?.signature ?? null) === seal.signature;
  const found = key ? rows.map(({ id, said }) => ({ id: Number(id), hash: hashOf(key, said) })) : [];
  if (isSigned && compareRows(unpackEntries(seal.entries), found) === null) return;
  throw new Error(`Addresses stay in the audit trail: seal ${seal.number} does not hold (kunci audit verify)`);
}
