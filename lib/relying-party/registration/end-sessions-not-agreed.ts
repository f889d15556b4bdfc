import type { Tx } from "#db/client.ts";
import { run } from "#db/named.ts";
import type { Context } from "#lib/kernel/context.ts";
import { endRelyingPartySessions } from "../end-relying-party-sessions.ts";

const statement = {
  name: "relying_party_sessions_not_agreed",
  text: `select r.id from relying_party_session r
    where r.relying_party_id = $1 and r.ended_at is null and not exists (
      select 1 from consent c where c.account_id = r.account_id and c.relying_party_id = r.relying_party_id
        and c.withdrawn_at is null and c.scopes @> r.scopes)`,
};

/**
 * A relying party is the agency's no more: people are asked before it is told anything, so whoever has not agreed to all that
 * it is told is signed out of it, and is asked when they come back. In the transaction that changes it.
 */
export async function endSessionsNotAgreed(tx: Tx, ctx: Context, relyingPartyId: string): Promise<void> {
  const open = await run<{ id: string }>(tx, statement, [relyingPartyId]);
  const relyingPartySessionIds = open.map(({ id }) => id);
  if (relyingPartySessionIds.length > 0)
    await endRelyingPartySessions(tx, ctx, { relyingPartySessionIds }, "not_agreed");
}
