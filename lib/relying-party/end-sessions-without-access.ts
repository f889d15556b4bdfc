import type { Tx } from "#db/client.ts";
import { run } from "#db/named.ts";
import type { Context } from "#lib/kernel/context.ts";
import { endRelyingPartySessions } from "./end-relying-party-sessions.ts";
import { mayOpen } from "./may-open.ts";

/** Of somebody who lost roles, or of everybody at a relying party that asks for more than before. */
export type Whose = { accountId: string } | { relyingPartyId: string };

const statement = {
  name: "relying_party_sessions_without_access",
  text: `select s.id from relying_party_session s join account a on a.id = s.account_id join relying_party p on p.id = s.relying_party_id
    where ($1::uuid is null or s.account_id = $1::uuid) and ($2::uuid is null or s.relying_party_id = $2::uuid)
      and s.ended_at is null and not ${mayOpen("a", "p", "$3")}`,
};

/** Where somebody is signed in and may not be any more, it ends, as it stands in the transaction this is part of. */
export async function endSessionsWithoutAccess(tx: Tx, ctx: Context, whose: Whose): Promise<void> {
  const without = await run<{ id: string }>(tx, statement, [
    "accountId" in whose ? whose.accountId : null,
    "relyingPartyId" in whose ? whose.relyingPartyId : null,
    ctx.now(),
  ]);
  const relyingPartySessionIds = without.map(({ id }) => id);
  if (relyingPartySessionIds.length > 0)
    await endRelyingPartySessions(tx, ctx, { relyingPartySessionIds }, "no_access");
}
