import { sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { recordAll } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";

type Retired = { tokenId: string; accountId: string; serial: string };

/**
 * Retires whatever tokens these people still use, in the transaction in which their move is found complete: they are to be
 * handed back from then on. Two statements however many people; what is lost, revoked or back already stays so. Answers the
 * tokens, for the letter that tells of them; the same again retires nothing.
 */
export async function retireTokensOf(tx: Tx, ctx: Context, accountIds: readonly string[]): Promise<Retired[]> {
  if (accountIds.length === 0) return [];
  const now = ctx.now();
  const { rows } = await tx.execute<Retired>(sql`
    with retired as (
      update hardware_token set state = 'retired', state_since = ${now}::timestamptz
        where holder_id = any(${sql.param([...accountIds])}::uuid[]) and state = 'issued' returning id, holder_id, serial
    ), custody as (
      insert into hardware_token_event (token_id, at, move, state, holder_id)
        select id, ${now}::timestamptz, 'retire', 'retired', holder_id from retired
    )
    select id as "tokenId", holder_id as "accountId", serial from retired`);
  await recordAll(
    tx,
    ctx,
    rows.map((token) => ({ type: "hardware_token.retired", ...token })),
  );
  return rows;
}
