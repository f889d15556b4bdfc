import { sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { run } from "#db/named.ts";
import { recordAll } from "#lib/audit/record.ts";
import { dayOf } from "#lib/kernel/calendar-day.ts";
import type { Context } from "#lib/kernel/context.ts";
import { retireTokensOf } from "../tokens/custody/retire-tokens.ts";
import { isOpen, pictureOf } from "./picture.ts";
import { tellReady } from "./tell-ready.ts";

/** Whoever writes pictures down does it alone, so that an older look never lies over a newer one. */
const ONE_AT_A_TIME = 58627;

const picture = pictureOf({ accounts: "$1", now: "$2", day: "$3" });
const kept = `select p.* from campaign_person p join campaign c on c.id = p.campaign_id and ${isOpen("c")}
  where p.account_id = any($1::uuid[])`;

/** That the picture `n` is not what was kept as `p`. */
export const isOtherwise = `n.account_id is null and p.state <> 'left' or n.account_id is not null and (p.account_id is null
  or (n.office_id, n.phase_id, n.state, n.missing, n.held_up_by) is distinct from (p.office_id, p.phase_id, p.state, p.missing, p.held_up_by)
  or n.moves and p.completed_at is null)`;

const otherwiseStatement = {
  name: "campaign_people_otherwise",
  text: `with picture as materialized (${picture}), kept as materialized (${kept})
    select distinct coalesce(n.account_id, p.account_id) as id
    from picture n full join kept p on p.campaign_id = n.campaign_id and p.account_id = n.account_id
    where ${isOtherwise} order by 1`,
};

const holdStatement = {
  name: "campaign_people_hold",
  text: "select id from account where id = any($1::uuid[]) order by id for key share skip locked",
};

// Completed by this look: the time was put there now, and nothing stood there before.
const keepStatement = {
  name: "campaign_people_keep",
  text: `with picture as materialized (${picture}), kept as materialized (${kept}), seen as (
      insert into campaign_person as o (campaign_id, account_id, office_id, phase_id, state, missing, held_up_by, entered_at, completed_at, checked_at)
      select n.campaign_id, n.account_id, n.office_id, n.phase_id, n.state, n.missing, n.held_up_by, $2::timestamptz,
        case when n.moves then $2::timestamptz end, $2::timestamptz
      from picture n left join kept p on p.campaign_id = n.campaign_id and p.account_id = n.account_id
      where ${isOtherwise} order by n.campaign_id, n.account_id
      on conflict (campaign_id, account_id) do update set office_id = excluded.office_id, phase_id = excluded.phase_id,
        state = excluded.state, missing = excluded.missing, held_up_by = excluded.held_up_by,
        completed_at = coalesce(o.completed_at, excluded.completed_at), checked_at = excluded.checked_at
    ), gone as (
      update campaign_person o set state = 'left', missing = '{}', held_up_by = null, checked_at = $2::timestamptz
      from kept p where o.campaign_id = p.campaign_id and o.account_id = p.account_id and p.state <> 'left'
        and not exists (select from picture n where n.campaign_id = p.campaign_id and n.account_id = p.account_id)
    )
    select n.campaign_id as "campaignId", n.account_id as "accountId"
    from picture n left join kept p on p.campaign_id = n.campaign_id and p.account_id = n.account_id
    where n.moves and p.completed_at is null order by 1, 2`,
};

/** `changed`: whose picture was otherwise. `passedOver`: those of them whose account somebody was changing just then. */
export type Looked = { changed: number; passedOver: string[] };

/**
 * Looks at these accounts as they are, and keeps how far they have come in every open campaign: one statement however many
 * where all is as it was, four where not. Whoever is found to have moved is told so, and their tokens retire, in the same
 * transaction. Whoever changes a fact calls it last in their transaction: from then on until its end others wait who do.
 */
export async function lookAgain(tx: Tx, ctx: Context, accountIds: readonly string[]): Promise<Looked> {
  const moment = [ctx.now(), dayOf(ctx.now())];
  const ids = (rows: { id: string }[]) => rows.map(({ id }) => id);
  if (accountIds.length === 0) return { changed: 0, passedOver: [] };
  const otherwise = ids(await run<{ id: string }>(tx, otherwiseStatement, [accountIds, ...moment]));
  if (otherwise.length === 0) return { changed: 0, passedOver: [] };

  await tx.execute(sql`select pg_advisory_xact_lock(${ONE_AT_A_TIME})`);
  // A row of a newcomer waits for their account, and whoever holds that may be waiting here: nobody waits for accounts.
  const held = ids(await run<{ id: string }>(tx, holdStatement, [otherwise]));
  const moved = await run<{ campaignId: string; accountId: string }>(tx, keepStatement, [held, ...moment]);
  if (moved.length > 0) {
    await recordAll(
      tx,
      ctx,
      moved.map((each) => ({ type: "move.completed", ...each })),
    );
    await retireTokensOf(
      tx,
      ctx,
      moved.map(({ accountId }) => accountId),
    );
    await tellReady(
      tx,
      ctx,
      moved.map(({ accountId }) => accountId),
    );
  }
  const kept = new Set(held);
  return { changed: held.length, passedOver: otherwise.filter((id) => !kept.has(id)) };
}
