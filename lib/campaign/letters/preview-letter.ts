import type { Context, Language } from "#lib/kernel/context.ts";
import type { Agency } from "#lib/mail/agency.ts";
import { type CampaignLetterFacts, campaignLetter } from "#lib/mail/kinds/campaign-words.tsx";
import { renderLetter } from "#lib/mail/render-letter.ts";

/**
 * A letter of a campaign exactly as it would go out, to a reader of this name: subject, HTML and plain text. Of what has not
 * been saved yet, too.
 */
export async function previewLetter(
  ctx: Pick<Context, "origin">,
  facts: CampaignLetterFacts,
  reader: { name: string; language: Language; agency: Agency },
): Promise<{ subject: string; html: string; text: string }> {
  const { subject, letter } = campaignLetter(facts, { ...reader, origin: ctx.origin });
  return { subject, ...(await renderLetter(letter)) };
}
