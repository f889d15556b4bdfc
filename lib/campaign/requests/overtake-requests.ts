import type { Tx } from "#db/client.ts";
import { run } from "#db/named.ts";
import { recordAll } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { MoveRequestKind } from "./request-state.ts";

const statement = {
  name: "move_requests_overtake",
  text: `update move_request q set state = 'moot', decided_at = $1 from campaign c, account a
    where q.state = 'open' and c.id = q.campaign_id and a.id = q.account_id and (c.id = $2::uuid or $2::uuid is null and (c.state = 'closed' or a.status = 'closed'))
    returning q.id as "requestId", q.campaign_id as "campaignId", q.account_id as "accountId", q.kind`,
};

/**
 * Requests that nobody can decide any more are over: their campaign was closed, or their person's account. Answers how many.
 * Safe to repeat.
 */
export const overtakeRequests = (ctx: Context): Promise<number> =>
  ctx.db.transaction((tx) => overtake(tx, ctx, { campaignClosed: null }));

/** The same of one campaign, in the transaction that closes it. */
export const overtakeOf = (tx: Tx, ctx: Context, campaignId: string): Promise<number> =>
  overtake(tx, ctx, { campaignClosed: campaignId });

async function overtake(tx: Tx, ctx: Context, { campaignClosed }: { campaignClosed: string | null }): Promise<number> {
  const over = await run<{ requestId: string; campaignId: string; accountId: string; kind: MoveRequestKind }>(
    tx,
    statement,
    [ctx.now(), campaignClosed],
  );
  await recordAll(
    tx,
    ctx,
    over.map((request) => ({ type: "move_request.overtaken", ...request }) as const),
  );
  return over.length;
}
