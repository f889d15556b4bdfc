import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { run } from "#db/named.ts";
import { campaign } from "#db/schema/campaign.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { before, hours } from "#lib/kernel/time.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { enqueueAll } from "#lib/mail/enqueue.ts";
import { scopeCondition, scopeOf, scopeParameter } from "#lib/office/roles/rights.ts";
import { requireRight } from "#lib/office/roles/rights-now.ts";
import { inForce } from "#lib/session/grants-in-force.ts";

/** Somebody who decides is told of what waits at most this often. */
const TOLD_EVERY = hours(24);

/** `told`: how many were written to now. `before`: how many were within the last day. `without`: offices where nobody decides. */
export type DecidersTold = { told: number; before: number; without: string[] };

/**
 * Who may decide on what waits in these offices: the AP of each, or an administrator where it has none; not whoever asked
 * for all of it, nor on their own. `$1` the campaign, `$2` the offices of whoever tells, `$3` now, `$4` a day ago.
 */
const statement = {
  name: "move_request_deciders",
  text: `with waiting as (
      select a.office_id, q.requested_by, q.account_id from move_request q join account a on a.id = q.account_id
      where q.campaign_id = $1 and q.state = 'open' and ${scopeCondition("a.office_id", "$2")}
    ), heads as (
      select distinct w.office_id, h.id from (select distinct office_id from waiting) w
        join role_grant g on g.role = 'ap' and g.office_id = w.office_id and ${inForce("$3")}
        join account h on h.id = g.account_id and h.status = 'activated'
      where exists (select from waiting x where x.office_id = w.office_id and x.requested_by <> h.id and x.account_id <> h.id)
    ), deciders as (
      select id from heads
      union
      select h.id from role_grant g join account h on h.id = g.account_id and h.status = 'activated'
      where g.role = 'administrator' and ${inForce("$3")} and exists (
        select from waiting w where w.office_id not in (select office_id from heads) and w.requested_by <> h.id and w.account_id <> h.id)
    ) select d.id, h.official_email as "to", exists (select from letter l where l.account_id = d.id and l.kind = 'requests_wait'
        and l.created_at > $4 and l.about @> jsonb_build_object('campaignId', $1::text)) as "before",
      (select coalesce(jsonb_agg(distinct o.code || ' ' || o.name), '[]') from waiting w join office o on o.id = w.office_id
        where w.office_id not in (select office_id from heads)) as "without"
    from deciders d join account h on h.id = d.id`,
};
type Decider = { id: string; to: string; before: boolean; without: string[] };

/**
 * "Maklumkan AP": tells those who decide how much waits for them, each at most once a day however many ask for it. For the
 * offices of whoever asks. Refuses `none_waiting`, and `no_decider` where nobody could decide.
 */
export function tellDeciders(
  ctx: Context,
  campaignId: string,
): Promise<Result<DecidersTold, "signed_out" | "not_found" | "none_waiting" | "no_decider">> {
  return ctx.db.transaction((tx) => tell(tx, ctx, campaignId));
}

async function tell(
  tx: Tx,
  ctx: Context,
  campaignId: string,
): Promise<Result<DecidersTold, "signed_out" | "not_found" | "none_waiting" | "no_decider">> {
  const may = await requireRight(tx, ctx, "move.request");
  if (!may.ok) return may;
  // Of two who press at once the second finds the letters of the first.
  const [held] = isUuid(campaignId)
    ? await tx.select({ id: campaign.id }).from(campaign).where(eq(campaign.id, campaignId)).for("no key update")
    : [];
  if (!held) return refuse("not_found");
  const scope = scopeParameter(scopeOf(may.value, "move.request"));
  const waits = await run<{ waiting: boolean }>(
    tx,
    {
      name: "move_requests_waiting",
      text: `select exists (select from move_request q join account a on a.id = q.account_id
        where q.campaign_id = $1 and q.state = 'open' and ${scopeCondition("a.office_id", "$2")}) as "waiting"`,
    },
    [campaignId, scope],
  );
  if (!waits[0]?.waiting) return refuse("none_waiting");
  const now = ctx.now();
  const deciders = await run<Decider>(tx, statement, [campaignId, scope, now, before(now, TOLD_EVERY)]);
  if (deciders.length === 0) return refuse("no_decider");
  const owed = deciders.filter((one) => !one.before);
  await enqueueAll(
    tx,
    ctx,
    owed.map(({ id, to }) => ({ kind: "requests_wait", accountId: id, to, about: { campaignId } })),
  );
  if (owed.length > 0)
    await record(tx, ctx, { type: "move_request.deciders_told", accountId: null, campaignId, letters: owed.length });
  return ok({ told: owed.length, before: deciders.length - owed.length, without: deciders[0]?.without ?? [] });
}
