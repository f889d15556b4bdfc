import type { QueryResultRow } from "pg";
import { run } from "#db/named.ts";
import {
  type CampaignLetterKind,
  type CampaignRequirement,
  type CampaignState,
  type campaign,
  campaignRequirements,
} from "#db/schema/campaign.ts";
import type { Context } from "#lib/kernel/context.ts";
import { isUuid } from "#lib/kernel/uuid.ts";

export { campaignRequirements };

export type PhaseOffice = { id: string; code: string; name: string; isRetired: boolean };
/** Days as `2026-11-21`, first and last, in the agency's zone. Offices by code and name. */
export type Phase = { id: string; number: number; fromDay: string; untilDay: string; offices: PhaseOffice[] };
export type CampaignOverview = Pick<
  typeof campaign.$inferSelect,
  "id" | "nameMs" | "nameEn" | "version" | "createdAt" | "announcedAt" | "startedAt" | "closedAt"
> & { state: CampaignState; phases: Phase[] };

export type TargetRole = {
  id: string;
  key: string;
  nameMs: string;
  nameEn: string;
  system: string;
  isRetired: boolean;
};
export type TargetIctRole = { id: string; nameMs: string; nameEn: string };
export type LetterText = { subjectMs: string; subjectEn: string; bodyMs: string; bodyEn: string };
/** All that was said of a campaign. */
export type CampaignDefinition = CampaignOverview & {
  reasonMs: string;
  reasonEn: string;
  authority: string;
  contacts: string;
  requirements: CampaignRequirement[];
  remindDaysBefore: number[];
  quietWeekdays: number[];
  quietDays: string[];
  roles: TargetRole[];
  ictRoles: TargetIctRole[];
  texts: Record<CampaignLetterKind, LetterText>;
};

const overview = `c.id, c.name_ms as "nameMs", c.name_en as "nameEn", c.version, c.state, c.created_at as "createdAt",
  c.announced_at as "announcedAt", c.started_at as "startedAt", c.closed_at as "closedAt",
  coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'number', p.number, 'fromDay', p.from_day::text,
      'untilDay', p.until_day::text, 'offices', coalesce((
        select jsonb_agg(jsonb_build_object('id', o.id, 'code', o.code, 'name', o.name,
          'isRetired', o.retired_at is not null) order by o.code, o.name)
        from campaign_phase_office po join office o on o.id = po.office_id where po.phase_id = p.id), '[]'))
      order by p.number)
    from campaign_phase p where p.campaign_id = c.id), '[]') as "phases"`;

const findStatement = {
  name: "campaign_find",
  text: `select ${overview}, c.reason_ms as "reasonMs", c.reason_en as "reasonEn", c.authority, c.contacts,
    c.requirements, c.remind_days_before as "remindDaysBefore", c.quiet_weekdays as "quietWeekdays",
    c.quiet_days::text[] as "quietDays",
    coalesce((select jsonb_agg(jsonb_build_object('id', r.id, 'key', r.key, 'nameMs', r.name_ms, 'nameEn', r.name_en,
        'system', s.name, 'isRetired', r.retired_at is not null) order by lower(s.name), r.key)
      from campaign_target t join relying_party_role r on r.id = t.role_id
        join relying_party s on s.id = r.relying_party_id where t.campaign_id = c.id), '[]') as "roles",
    coalesce((select jsonb_agg(jsonb_build_object('id', i.id, 'nameMs', i.name_ms, 'nameEn', i.name_en) order by i.position)
      from campaign_target_ict_role t join ict_role i on i.id = t.role_id where t.campaign_id = c.id), '[]') as "ictRoles",
    (select jsonb_object_agg(x.kind, jsonb_build_object('subjectMs', x.subject_ms, 'subjectEn', x.subject_en,
        'bodyMs', x.body_ms, 'bodyEn', x.body_en)) from campaign_text x where x.campaign_id = c.id) as "texts"
    from campaign c where c.id = $1`,
};

/** One campaign with all that was said of it; nothing for what is no id or nobody's. */
export async function findCampaign(ctx: Pick<Context, "db">, id: string): Promise<CampaignDefinition | null> {
  if (!isUuid(id)) return null;
  const [found] = await run<CampaignDefinition & QueryResultRow>(ctx.db, findStatement, [id]);
  return found ?? null;
}
