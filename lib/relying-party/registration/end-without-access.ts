import type { Tx } from "#db/client.ts";
import { run } from "#db/named.ts";
import type { Context } from "#lib/kernel/context.ts";
import { endRelyingPartySessions } from "../end-relying-party-sessions.ts";
import { mayOpen } from "../may-open.ts";

const statement = {
  name: "relying_party_sessions_without_access",
  text: `select s.id from relying_party_session s join account a on a.id = s.account_id
    join relying_party rp on rp.id = s.relying_party_id
    where s.relying_party_id = $1 and s.ended_at is null and not ${mayOpen("a", "rp", "$2")}`,
};

/** Signs everybody out of a relying party who may not open it any more, as it stands in this transaction. How many. */
export async function endWithoutAccess(tx: Tx, ctx: Context, relyingPartyId: string): Promise<number> {
  const rows = await run<{ id: string }>(tx, statement, [relyingPartyId, ctx.now().toISOString()]);
  if (rows.length === 0) return 0;
  return endRelyingPartySessions(tx, ctx, { relyingPartySessionIds: rows.map(({ id }) => id) }, "no_access");
}
