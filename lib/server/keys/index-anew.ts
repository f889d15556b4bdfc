import { type SQL, sql } from "drizzle-orm";
import { unsealIdentity } from "#lib/account/seal-identity.ts";
import { blindIndex, blindIndexUnder } from "#lib/kernel/blind-index.ts";
import type { Context } from "#lib/kernel/context.ts";
import { before } from "#lib/kernel/time.ts";
import { SIGN_IN_LIFETIME } from "#lib/sign-in/ceremony.ts";

/** A sign-in of one of them waits for so many at most. */
const AT_ONCE = 200;
/** Of an account without a person (`recovery/close/anonymous.ts`): no key made it. */
const MADE_BY_A_KEY = sql`identity_index not like 'anonymous:%'`;

export type IndexedAnew = { indexed: number; complete: boolean };

type Row = { id: string; line: number | null; sealedTo: string; identitySealed: string; index: string };

/**
 * Gives whatever is found by the `former` lookup key its place under the present one as well: lines of the staff register
 * that are being imported first, then accounts, each with what was counted on its number. A number stands under both until
 * `dropFormer`. Resumable as `sealAnew`.
 */
export async function indexAnew(
  ctx: Pick<Context, "db" | "keys" | "now">,
  former: string,
  goOn: () => boolean,
): Promise<IndexedAnew> {
  let indexed = 0;
  for (const read of [linesWithout, accountsWithout]) {
    let after: Row | null = null;
    do {
      if (!goOn()) return { indexed, complete: false };
      const { rows }: { rows: Row[] } = await ctx.db.execute<Row>(read(after));
      const moves = rows.map((row) => moveOf(ctx, former, row));
      if (moves.length > 0) indexed += await (read === linesWithout ? moveLines : moveAccounts)(ctx, moves);
      after = rows.at(-1) ?? null;
    } while (after !== null);
  }
  return { indexed, complete: true };
}

const linesWithout = (after: Row | null): SQL => sql`
  select import_id as id, line, new_account_id as "sealedTo", identity_sealed as "identitySealed", identity_index as index
  from staff_import_row
  where identity_index_former is null and identity_index is not null and identity_sealed is not null
    ${after ? sql`and (import_id, line) > (${after.id}::uuid, ${after.line}::int)` : sql``}
  order by import_id, line limit ${AT_ONCE}`;

const accountsWithout = (after: Row | null): SQL => sql`
  select id, null as line, id as "sealedTo", identity_sealed as "identitySealed", identity_index as index from account
  where identity_index_former is null and ${MADE_BY_A_KEY} ${after ? sql`and id > ${after.id}::uuid` : sql``}
  order by id limit ${AT_ONCE}`;

type Move = { id: string; line: number | null; from: string; to: string; former: string };

function moveOf({ keys }: Pick<Context, "keys">, former: string, row: Row): Move {
  const identity = unsealIdentity({ keys }, { id: row.sealedTo, identitySealed: row.identitySealed });
  const { id, line, index: from } = row;
  return { id, line, from, to: blindIndex(keys, identity), former: blindIndexUnder(keys, former, identity) };
}

const tableOf = (moves: readonly Move[]): SQL => sql`
  unnest(${sql.param(moves.map(({ id }) => id))}::uuid[], ${sql.param(moves.map(({ line }) => line))}::int[],
    ${sql.param(moves.map(({ from }) => from))}::text[], ${sql.param(moves.map((move) => move.to))}::text[],
    ${sql.param(moves.map((move) => move.former))}::text[]) as n (id, line, was, index, former)`;

async function moveLines({ db }: Pick<Context, "db" | "now">, moves: readonly Move[]): Promise<number> {
  const { rowCount } = await db.execute(sql`
    update staff_import_row r set identity_index = n.index, identity_index_former = n.former from ${tableOf(moves)}
    where r.import_id = n.id and r.line = n.line and r.identity_index = n.was and r.identity_index_former is null`);
  return rowCount ?? 0;
}

/**
 * With what was counted on the number (password tries, codes) and the sign-ins under way, in one transaction: nobody gets
 * more tries by it, and a disabled password stays disabled. Rows that others hold are waited for in one order,
 * and whoever only names an account (a session, an event) need not wait.
 */
async function moveAccounts({ db, now }: Pick<Context, "db" | "now">, moves: readonly Move[]): Promise<number> {
  return db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ id: string; was: string; index: string }>(sql`
      with held as materialized (
        select a.id from account a join ${tableOf(moves)} on n.id = a.id order by a.id for no key update of a
      )
      update account a set identity_index = n.index, identity_index_former = n.former from ${tableOf(moves)}, held
      where held.id = n.id and a.id = n.id and a.identity_index = n.was and a.identity_index_former is null
      returning a.id, n.was, n.index`);
    const ids = sql.param(rows.map((row) => row.id));
    const was = sql.param(rows.map((row) => row.was));
    const is = sql.param(rows.map((row) => row.index));
    const since = before(now(), SIGN_IN_LIFETIME);
    const moved = sql`unnest(${ids}::uuid[], ${was}::text[], ${is}::text[]) as m (id, was, index)`;
    await tx.execute(
      sql`update sign_in_ceremony c set identity_index = m.index from ${moved} where c.identity_index = m.was and c.started_at > ${since}`,
    );
    // Where tries were counted under both already, the worse stands.
    await tx.execute(sql`
      with gone as (delete from password_throttle t using ${moved} where t.identity_index = m.was
        returning m.index, t.browser, t.failures, t.paused_until, t.allowed, t.last_tried_at)
      insert into password_throttle as t (identity_index, browser, failures, paused_until, allowed, last_tried_at)
      select index, browser, failures, paused_until, allowed, last_tried_at from gone
      on conflict (identity_index, browser) do update set failures = greatest(t.failures, excluded.failures),
        paused_until = greatest(t.paused_until, excluded.paused_until), last_tried_at = greatest(t.last_tried_at, excluded.last_tried_at)`);
    // Each key by name, so that the counters of everybody else are not read.
    await tx.execute(sql`
      with counters as materialized (
        select w.what || m.was || ':' || b.browser as key, w.what || m.index || ':' || b.browser as moved
        from ${moved} cross join unnest(array['code-try:', 'recovery-code-try:']) as w (what)
          cross join lateral (select 'unknown' as browser union all select d.id::text from device d where d.account_id = m.id) b
      ), gone as (
        delete from rate_limit r using counters c where r.key = c.key returning c.moved as key, r.points, r.expire
      )
      insert into rate_limit as r (key, points, expire) select key, points, expire from gone
      on conflict (key) do update set points = greatest(r.points, excluded.points), expire = greatest(r.expire, excluded.expire)`);
    return rows.length;
  });
}

/** Takes the former place away from whatever has the present one. */
export async function dropFormer(ctx: Pick<Context, "db">, goOn: () => boolean): Promise<IndexedAnew> {
  let indexed = 0;
  for (const piece of [
    sql`update account set identity_index_former = null
      where id = any(array(select id from account where identity_index_former is not null order by id limit ${AT_ONCE} for update))`,
    sql`with next as materialized
        (select import_id, line from staff_import_row where identity_index_former is not null order by 1, 2 limit ${AT_ONCE} for update)
      update staff_import_row r set identity_index_former = null from next where r.import_id = next.import_id and r.line = next.line`,
  ]) {
    let done: number;
    do {
      if (!goOn()) return { indexed, complete: false };
      done = (await ctx.db.execute(piece)).rowCount ?? 0;
      indexed += done;
    } while (done > 0);
  }
  return { indexed, complete: true };
}
