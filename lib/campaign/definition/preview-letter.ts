import type { CampaignLetterKind } from "#db/schema/campaign.ts";
import { dayOf } from "#lib/kernel/calendar-day.ts";
import type { Context, Language } from "#lib/kernel/context.ts";
import { after, days } from "#lib/kernel/time.ts";
import type { Agency } from "#lib/mail/agency.ts";
import { campaignLetter } from "#lib/mail/kinds/campaign-words.tsx";
import { renderLetter } from "#lib/mail/render-letter.ts";
import { messages } from "#lib/text/messages.ts";
import type { CampaignDefinition, LetterText } from "./find-campaign.ts";

/** Of a campaign without phases, letters are shown as though one lasted this long. */
const AS_THOUGH = days(30);

/**
 * A letter of a campaign as somebody gets it who is activated and has done nothing yet, with these words: the real one, of its
 * first phase, to nobody.
 */
export async function previewLetter(
  ctx: Pick<Context, "now" | "origin">,
  campaign: CampaignDefinition,
  { kind, text, language, agency }: { kind: CampaignLetterKind; text: LetterText; language: Language; agency: Agency },
): Promise<{ subject: string; html: string; text: string }> {
  const inMalay = language === "ms";
  const [first] = campaign.phases;
  const { subject, letter } = campaignLetter(
    {
      kind,
      subject: inMalay ? text.subjectMs : text.subjectEn,
      body: inMalay ? text.bodyMs : text.bodyEn,
      campaignName: inMalay ? campaign.nameMs : campaign.nameEn,
      reason: inMalay ? campaign.reasonMs : campaign.reasonEn,
      authority: campaign.authority,
      contacts: campaign.contacts,
      fromDay: first?.fromDay ?? dayOf(ctx.now()),
      untilDay: first?.untilDay ?? dayOf(after(ctx.now(), AS_THOUGH)),
      isOver: false,
      isActivated: true,
      missing: campaign.requirements,
      isAwaitingConfirmation: false,
    },
    { name: messages[language].campaigns.letters.reader, language, agency, origin: ctx.origin },
  );
  return { subject, ...(await renderLetter(letter)) };
}
