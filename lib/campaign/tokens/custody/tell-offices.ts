import type { Tx } from "#db/client.ts";
import { run } from "#db/named.ts";
import type { Context } from "#lib/kernel/context.ts";
import { enqueueAll } from "#lib/mail/enqueue.ts";
import { inForce } from "#lib/session/grants-in-force.ts";

/** An office has a handful. */
const MOST = 20;

// Of each office its SAs; where it has none its APs, else the administrators: somebody has to look.
const statement = {
  name: "officers_told_of_token",
  text: `with officer as (
      select distinct on (g.account_id) g.account_id, a.official_email::text as mailbox,
        case g.role when 'sa' then 1 when 'ap' then 2 else 3 end as nearness
      from role_grant g join account a on a.id = g.account_id
      where (g.role in ('sa', 'ap') and g.office_id = $1 or g.role = 'administrator' and g.office_id is null)
        and ${inForce("$2")} and a.status = 'activated' and a.id <> $3 and a.id is distinct from $4::uuid
      order by g.account_id, nearness)
    select account_id as "accountId", mailbox from officer where nearness = (select min(nearness) from officer)
    order by account_id limit ${MOST}`,
};

/**
 * Owes a letter on a lost token to the SAs of its holder's office, never to the holder nor to the officer who reported it.
 */
export async function tellOffices(
  tx: Tx,
  ctx: Context,
  { tokenId, holderId, officeId }: { tokenId: string; holderId: string; officeId: string },
): Promise<void> {
  const actor = ctx.actor.kind === "account" ? ctx.actor.accountId : null;
  const officers = await run<{ accountId: string; mailbox: string }>(tx, statement, [
    officeId,
    ctx.now(),
    holderId,
    actor,
  ]);
  await enqueueAll(
    tx,
    ctx,
    officers.map(({ accountId, mailbox: to }) => ({ kind: "token_report", accountId, to, about: { tokenId } })),
  );
}
