import { type Named, run } from "#db/named.ts";
import type { CampaignState } from "#db/schema/campaign.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { holds, type Officer, type Right, scopeCondition, scopeOf, scopeParameter } from "#lib/office/roles/rights.ts";
import { officerOf } from "#lib/office/roles/rights-now.ts";

/** `fromDay`, `untilDay`: first and last day, `2026-10-01`. */
export type BoardPhase = { id: string; number: number; fromDay: string; untilDay: string; officeIds: string[] };
export type BoardOffice = { id: string; code: string; name: string };

export type BoardCampaign = {
  id: string;
  nameMs: string;
  nameEn: string;
  state: CampaignState;
  phases: BoardPhase[];
  /** Those in the officer's scope that are in a phase or have people in it, by code. */
  offices: BoardOffice[];
  /** When its people were last looked at, or it was closed; null before the first time. */
  asOf: Date | null;
};

const IN_SCOPE = scopeCondition("o.id", "$2");

const statement: Named = {
  name: "campaign_board",
  text: `
    select c.id, c.name_ms as "nameMs", c.name_en as "nameEn", c.state,
      coalesce((
        select json_agg(json_build_object('id', p.id, 'number', p.number, 'fromDay', p.from_day, 'untilDay', p.until_day,
          'officeIds', (select coalesce(json_agg(po.office_id), '[]') from campaign_phase_office po where po.phase_id = p.id)
        ) order by p.number) from campaign_phase p where p.campaign_id = c.id
      ), '[]') as phases,
      coalesce((
        select json_agg(json_build_object('id', o.id, 'code', o.code, 'name', o.name) order by o.code, o.name)
        from office o where ${IN_SCOPE} and (
          exists (select from campaign_phase_office po where po.campaign_id = c.id and po.office_id = o.id)
          or exists (select from campaign_person p where p.campaign_id = c.id and p.office_id = o.id))
      ), '[]') as offices,
      coalesce(c.closed_at, greatest(c.people_looked_at, (select looked_at from campaign_trail where id = 1))) as "asOf"
    from campaign c where c.id = $1 and ($3 or c.state <> 'draft')`,
};

/**
 * A campaign as an officer with this right may see it. `not_found`, and recorded: whoever has no such right, no such
 * campaign, and a draft, which only the administration sees.
 */
export async function findBoard(
  ctx: Context,
  campaignId: string,
  right: Right = "campaign.view",
): Promise<Result<{ officer: Officer; campaign: BoardCampaign }, "not_found">> {
  const officer = await officerOf(ctx.db, ctx);
  if (!officer || !holds(officer, right) || !isUuid(campaignId)) return notThere(ctx, right);
  const [campaign] = await run<BoardCampaign>(ctx.db, statement, [
    campaignId,
    scopeParameter(scopeOf(officer, right)),
    holds(officer, "admin.view"),
  ]);
  return campaign ? ok({ officer, campaign }) : notThere(ctx, right);
}

/** Keeps that somebody asked for what is not there for them. */
export async function notThere(ctx: Context, right: Right = "campaign.view"): Promise<Result<never, "not_found">> {
  await ctx.db.transaction((tx) => record(tx, ctx, { type: "access.refused", accountId: null, right }));
  return refuse("not_found");
}
