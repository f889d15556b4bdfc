import { sql } from "drizzle-orm";
import { run } from "#db/named.ts";
import type { Context } from "#lib/kernel/context.ts";
import { lookAgain } from "./look-again.ts";
import { isOpen } from "./picture.ts";

/** Accounts of one transaction: a tenth of a second of the database, and some hundred kilobytes here. */
export const PIECE = 2_000;

const openTarget = (table: string, role: string): string =>
  `exists (select from ${table} t join campaign c on c.id = t.campaign_id and ${isOpen("c")} where t.role_id = ${role})`;

/** The next accounts, in the order of their ids, that a campaign has or may be for: each branch reads its index no further. */
const nextStatement = {
  name: "campaign_people_next",
  text: `select id from (
      (select distinct p.account_id as id from campaign_person p where p.account_id > $1 and p.state <> 'left' order by 1 limit $2)
      union (select distinct g.account_id from relying_party_role_grant g
        where g.account_id > $1 and g.ended_at is null and ${openTarget("campaign_target", "g.role_id")} order by 1 limit $2)
      union (select distinct h.account_id from account_ict_role h
        where h.account_id > $1 and ${openTarget("campaign_target_ict_role", "h.role_id")} order by 1 limit $2)
      union (select distinct m.account_id from move_request m
        where m.account_id > $1 and m.kind = 'enrolment' and m.state = 'confirmed' order by 1 limit $2)
    ) candidate order by id limit $2`,
};

const BEFORE_ALL = "00000000-0000-0000-0000-000000000000";

/** Everybody whom a campaign has or may be for, some thousand at a time, in the order of their ids. */
async function* everybody(ctx: Pick<Context, "db">, piece: number): AsyncGenerator<string[]> {
  for (let last: string | undefined = BEFORE_ALL; last; ) {
    const rows: { id: string }[] = await run(ctx.db, nextStatement, [last, piece]);
    if (rows.length > 0) yield rows.map(({ id }) => id);
    last = rows.length === piece ? rows.at(-1)?.id : undefined;
  }
}

/**
 * Looks at everybody in every open campaign, piece by piece, each in a transaction of its own: what changes without an
 * event (a role that runs out, a phase that begins) is found here. Memory stays that of one piece. Answers how many were
 * looked at, and whose picture was otherwise; safe to repeat, and to stop anywhere.
 */
export async function lookAtEverybody(ctx: Context, piece = PIECE): Promise<{ looked: number; changed: number }> {
  const began = ctx.now();
  const found = { looked: 0, changed: 0 };
  for await (const ids of everybody(ctx, piece)) {
    const { changed } = await ctx.db.transaction((tx) => lookAgain(tx, ctx, ids));
    found.looked += ids.length;
    found.changed += changed;
  }
  await ctx.db.execute(
    sql`update campaign c set people_looked_at = ${began}::timestamptz where ${sql.raw(isOpen("c"))}`,
  );
  return found;
}
