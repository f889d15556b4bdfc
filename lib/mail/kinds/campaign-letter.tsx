import { type Named, run } from "#db/named.ts";
import type { CampaignLetterKind, CampaignRequirement, CampaignState } from "#db/schema/campaign.ts";
import { dayOf } from "#lib/kernel/calendar-day.ts";
import { CAMPAIGN_LETTER_LIFETIME } from "../letters.ts";
import { campaignLetter } from "./campaign-words.tsx";
import type { Kind } from "./kind.ts";

type Row = {
  state: CampaignState;
  isByHand: boolean;
  nameMs: string;
  nameEn: string;
  reasonMs: string;
  reasonEn: string;
  authority: string;
  contacts: string;
  fromDay: string;
  untilDay: string;
  subjectMs: string | null;
  subjectEn: string | null;
  bodyMs: string | null;
  bodyEn: string | null;
  person: "not_begun" | "under_way" | "done" | "left";
  missing: CampaignRequirement[];
  heldUpBy: string | null;
};

// Who was transferred meanwhile reads of the phase that they are in now.
const statement: Named = {
  name: "campaign_letter",
  text: `select c.state, r.started_by is not null as "isByHand", c.name_ms as "nameMs", c.name_en as "nameEn",
      c.reason_ms as "reasonMs", c.reason_en as "reasonEn", c.authority, c.contacts,
      f.from_day::text as "fromDay", f.until_day::text as "untilDay",
      t.subject_ms as "subjectMs", t.subject_en as "subjectEn", t.body_ms as "bodyMs", t.body_en as "bodyEn",
      p.state as person, p.missing, p.held_up_by as "heldUpBy"
    from campaign_run r join campaign c on c.id = r.campaign_id
    join campaign_person p on p.campaign_id = r.campaign_id and p.account_id = $2
    join campaign_phase f on f.id = coalesce(p.phase_id, r.phase_id)
    left join campaign_text t on t.campaign_id = r.campaign_id and t.kind = r.kind
    where r.id = $1`,
};

/**
 * Of somebody's move, with what is left of it when the letter is handed over. Moot once they are done or no longer concerned,
 * the campaign is closed, their mailbox is another, or, of what the schedule sent, their phase is over.
 */
const ofCampaign = <K extends "campaign_invitation" | "campaign_reminder">(kind: CampaignLetterKind): Kind<K> => ({
  lifetime: CAMPAIGN_LETTER_LIFETIME,

  async compose(ctx, { account, to, about, agency, language }) {
    if (account.officialEmail.toLowerCase() !== to.toLowerCase()) return "moot";
    if (account.status === "closed" || account.status === "suspended") return "moot";
    const [facts] = await run<Row>(ctx.db, statement, [about.runId, account.id]);
    if (!facts || (facts.state !== "announced" && facts.state !== "running")) return "moot";
    if (facts.person === "done" || facts.person === "left") return "moot";
    const isOver = facts.untilDay < dayOf(ctx.now());
    if (isOver && !facts.isByHand) return "moot";
    const inMalay = language === "ms";
    const name = inMalay ? facts.nameMs : facts.nameEn;
    return campaignLetter(
      {
        ...facts,
        kind,
        subject: (inMalay ? facts.subjectMs : facts.subjectEn) ?? name,
        body: (inMalay ? facts.bodyMs : facts.bodyEn) ?? "",
        campaignName: name,
        reason: inMalay ? facts.reasonMs : facts.reasonEn,
        isOver,
        isActivated: account.status === "activated" || account.status === "locked",
        isAwaitingConfirmation: facts.heldUpBy === "awaiting_confirmation",
      },
      { name: account.fullName, language, agency, origin: ctx.origin },
    );
  },
});

export const campaignInvitation = ofCampaign<"campaign_invitation">("invitation");
export const campaignReminder = ofCampaign<"campaign_reminder">("reminder");
