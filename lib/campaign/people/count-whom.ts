import type { Tx } from "#db/client.ts";
import { run } from "#db/named.ts";
import type { Context } from "#lib/kernel/context.ts";
import { isFor } from "./picture.ts";

/** `phaseId` null: of an office that is in no phase. */
export type WhomCount = { officeId: string; code: string; name: string; phaseId: string | null; people: number };

// Whoever holds a role it names, before it is asked whether they still do: of a million accounts these are some thousand.
const statement = {
  name: "campaign_count_whom",
  text: `with candidate as (
      select g.account_id as id from relying_party_role_grant g join campaign_target t on t.role_id = g.role_id
        where t.campaign_id = $1 and g.ended_at is null
      union select h.account_id from account_ict_role h join campaign_target_ict_role t on t.role_id = h.role_id where t.campaign_id = $1
      union select m.account_id from move_request m where m.campaign_id = $1 and m.kind = 'enrolment' and m.state = 'confirmed')
    select o.id as "officeId", o.code, o.name, po.phase_id as "phaseId", count(*)::int as people
    from candidate join account a on a.id = candidate.id join office o on o.id = a.office_id join campaign c on c.id = $1
      left join campaign_phase_office po on po.campaign_id = c.id and po.office_id = o.id
    where ${isFor("$2")} group by o.id, po.phase_id order by o.code, o.name`,
};

/** How many people a campaign is for as things are, in whatever state it is, office by office; offices without any are not listed. */
export const countWhom = (
  on: Context["db"] | Tx,
  ctx: Pick<Context, "now">,
  campaignId: string,
): Promise<WhomCount[]> => run<WhomCount>(on, statement, [campaignId, ctx.now()]);
