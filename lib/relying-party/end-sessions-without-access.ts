import type { Tx } from "#db/client.ts";
import { run } from "#db/named.ts";
import type { Context } from "#lib/kernel/context.ts";
import { endRelyingPartySessions } from "./end-relying-party-sessions.ts";
import { mayOpen } from "./may-open.ts";

const statement = {
  name: "relying_party_sessions_without_access",
  text: `select s.id from relying_party_session s join account a on a.id = s.account_id join relying_party p on p.id = s.relying_party_id
    where s.account_id = $1 and s.ended_at is null and not ${mayOpen("a", "p", "$2")}`,
};

/** Somebody lost roles, in the transaction this is part of: where they are signed in and may not be any more, it ends. */
export async function endSessionsWithoutAccess(tx: Tx, ctx: Context, accountId: string): Promise<void> {
  const without = await run<{ id: string }>(tx, statement, [accountId, ctx.now()]);
  const relyingPartySessionIds = without.map(({ id }) => id);
  if (relyingPartySessionIds.length > 0)
    await endRelyingPartySessions(tx, ctx, { relyingPartySessionIds }, "no_access");
}
