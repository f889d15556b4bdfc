import { getTableName, type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { Db } from "#db/client.ts";
import { forgetAddresses } from "#lib/audit/seal/forget-addresses.ts";
import type { Context } from "#lib/kernel/context.ts";
import { before } from "#lib/kernel/time.ts";
import { anonymiseClosed } from "#lib/recovery/close/anonymise-closed.ts";
import { metrics } from "../metrics/metrics.ts";
import { retention } from "../retention/periods.ts";
import { rulesAt } from "../retention/rules.ts";

/**
 * Rows in one statement, each its own transaction: some 100 ms, so that nobody waits for long behind it and the vacuum
 * keeps up. Rows of one table in one round: what is left is the next round's, an hour later.
 */
export type Pieces = { rows: number; aRound: number };
const PIECES: Pieces = { rows: 5_000, aRound: 250_000 };
/** Rounds of 200 accounts. */
const ANONYMISED_A_ROUND = 25;

/**
 * Deletes rows that have served and are no longer needed to explain anything, makes old closed accounts anonymous, and
 * forgets where old events of the trail came from. Answers how many, by table. Piece by piece: it may stop anywhere, run
 * twice at once, and goes on where it was.
 */
export async function discardExpired(ctx: Context, pieces: Pieces = PIECES): Promise<Record<string, number>> {
  const discarded: Record<string, number> = {};
  for (const { table, where } of rulesAt(ctx))
    discarded[getTableName(table)] = where ? await discard(ctx.db, table, where, pieces) : 0;
  discarded.closed_account = await anonymise(ctx);
  discarded.audit_address = await forgetAddresses(ctx, before(ctx.now(), retention.addressInTrail));
  for (const [table, gone] of Object.entries(discarded)) metrics().discarded.inc({ table }, gone);
  return discarded;
}

/** What somebody else holds at this moment is passed over: nobody is waited for. */
async function discard(db: Db, table: PgTable, where: SQL, { rows, aRound }: Pieces): Promise<number> {
  let gone = 0;
  for (;;) {
    const most = Math.min(rows, aRound - gone);
    const { rowCount } = await db.execute(sql`delete from ${table} where ${table}.ctid = any(array(
      select ${table}.ctid from ${table} where ${where} limit ${most} for update of ${table} skip locked))`);
    gone += rowCount ?? 0;
    if ((rowCount ?? 0) < most || gone >= aRound) return gone;
  }
}

async function anonymise(ctx: Context): Promise<number> {
  let all = 0;
  for (let round = 0; round < ANONYMISED_A_ROUND; round += 1) {
    const done = await anonymiseClosed(ctx, before(ctx.now(), retention.closedAccount));
    all += done;
    if (done === 0) break;
  }
  return all;
}
