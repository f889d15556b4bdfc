import { sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import type { Context } from "#lib/kernel/context.ts";
import { after, seconds } from "#lib/kernel/time.ts";
import { enqueueAll } from "#lib/mail/enqueue.ts";
import { shareOfPace } from "#lib/staff-register/invitations/pace.ts";

/** So many are told at once; where many moved together the others wait for their minute. */
const AT_ONCE = 5;

type Told = { accountId: string; campaignId: string; to: string };

/**
 * Takes people who have moved and were not told yet, who waited longest first; of these accounts where they are named.
 * Materialized: a subquery may be carried out once for each account, and what it has taken is passed over the next time.
 */
async function take(tx: Tx, ctx: Context, most: number, among: readonly string[] | null): Promise<Told[]> {
  const named = among && sql.param([...among]);
  const { rows } = await tx.execute<Told>(sql`
    with next as materialized (
      select w.campaign_id, w.account_id from campaign_person w where w.completed_at is not null and w.told_at is null
        and (${named}::uuid[] is null or w.account_id = any(${named}::uuid[]))
      order by w.completed_at, w.account_id limit ${most} for update skip locked)
    update campaign_person p set told_at = ${ctx.now()}::timestamptz from next, account a
    where a.id = next.account_id and p.campaign_id = next.campaign_id and p.account_id = next.account_id
    returning p.account_id as "accountId", p.campaign_id as "campaignId", a.official_email::text as "to"`);
  return rows;
}

const letterTo = ({ accountId, campaignId, to }: Told) =>
  ({ kind: "roaming_ready", accountId, to, about: { campaignId } }) as const;

/**
 * Owes the letter that Roaming OTP is ready to people who have just moved, in the transaction in which that was found. Of
 * more than a few it is the first few; `tellWaiting` comes to the others.
 */
export async function tellReady(tx: Tx, ctx: Context, accountIds: readonly string[]): Promise<void> {
  await enqueueAll(tx, ctx, (await take(tx, ctx, AT_ONCE, accountIds)).map(letterTo));
}

/**
 * A minute's share (of `pace` letters a minute, `shareOfPace`) of those who still wait to be told, spread over it; answers how
 * many. Called once a minute.
 */
export const tellWaiting = (ctx: Context, pace: number): Promise<number> =>
  ctx.db.transaction(async (tx) => {
    const aMinute = await shareOfPace(tx, ctx, "moves", pace);
    const people = await take(tx, ctx, aMinute, null);
    const spread = (n: number) => after(ctx.now(), seconds((n * 60) / aMinute));
    await enqueueAll(
      tx,
      ctx,
      people.map((person, n) => ({ ...letterTo(person), notBefore: spread(n) })),
    );
    return people.length;
  });
