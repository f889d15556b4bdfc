import type { CampaignLetterKind, CampaignRequirement } from "#db/schema/campaign.ts";
import { ChecklistLetter } from "#emails/checklist.tsx";
import { beginningOf } from "#lib/kernel/calendar-day.ts";
import type { Language } from "#lib/kernel/context.ts";
import { formatDay } from "#lib/text/format-date.ts";
import type { Agency } from "../agency.ts";
import type { Composed } from "./kind.ts";
import { callHelpdesk, frameOf, translator } from "./words.ts";

/** All that a letter of a campaign is made of. Days as `2026-11-21`. */
export type CampaignLetterFacts = {
  kind: CampaignLetterKind;
  /** The agency's own words, plain text in the letter's language; paragraphs are apart by an empty line. */
  subject: string;
  body: string;
  campaignName: string;
  reason: string;
  authority: string;
  contacts: string;
  fromDay: string;
  untilDay: string;
  /** The phase's last day is behind us. */
  isOver: boolean;
  /** Whose account was never activated begins with that, at `/activate`. */
  isActivated: boolean;
  missing: readonly CampaignRequirement[];
  /** An AP has been asked to confirm. */
  isAwaitingConfirmation: boolean;
};

export type CampaignReader = { name: string; language: Language; agency: Agency; origin: string };

/** What an office or an AP has to do: it stands in the letter, as nothing of its reader's. */
const byOthers: readonly CampaignRequirement[] = ["office_address", "ap_confirmation"];

/** A letter of a campaign: the agency's words between the greeting and what is left for its reader. */
export function campaignLetter(facts: CampaignLetterFacts, reader: CampaignReader): Composed {
  const { language, agency, origin } = reader;
  const t = translator(language);
  const item = (what: CampaignRequirement) =>
    t(`campaign.items.${what === "ap_confirmation" && facts.isAwaitingConfirmation ? "awaiting_confirmation" : what}`);
  const own = facts.missing.filter((what) => !byOthers.includes(what)).map(item);
  if (!facts.isActivated) own.unshift(t("campaign.items.activation"));
  const until = formatDay(beginningOf(facts.untilDay), language);
  const days = { from: formatDay(beginningOf(facts.fromDay), language), until };
  const agencyName = language === "ms" ? agency.nameMs : agency.nameEn;
  return {
    subject: facts.subject,
    letter: (
      <ChecklistLetter
        frame={frameOf(language, agency)}
        preview={t("campaign.preview", { count: own.length, until })}
        heading={facts.subject}
        greeting={t("greeting", { name: reader.name })}
        body={paragraphsOf(facts.body)}
        when={t(facts.isOver ? "campaign.phaseOver" : "campaign.phase", days)}
        lists={[
          { title: t("campaign.leftTitle"), items: own },
          {
            title: t("campaign.othersTitle"),
            items: facts.missing.filter((what) => byOthers.includes(what)).map(item),
          },
        ]}
        next={t(facts.isActivated ? "campaign.next" : "campaign.activate")}
        button={
          facts.isActivated
            ? { words: t("campaign.button"), href: `${origin}/home/move` }
            : { words: t("campaign.activateButton"), href: `${origin}/activate` }
        }
        plainLink={{ title: t("linkTitle"), text: t("linkText") }}
        notes={[
          { title: t("campaign.whyTitle"), text: facts.reason },
          {
            title: t("campaign.whoTitle"),
            text: t("campaign.who", { agency: agencyName, campaign: facts.campaignName, authority: facts.authority }),
          },
          { title: t("campaign.helpTitle"), text: facts.contacts.split(/\n+/).join(", ") },
        ]}
        notYou={{
          title: t("notYouTitle"),
          text: t("campaign.notYou"),
          call: callHelpdesk(t("worried"), agency),
        }}
      />
    ),
  };
}

const paragraphsOf = (text: string): string[][] =>
  text
    .split(/\n[ \t]*\n/)
    .map((paragraph) => paragraph.split("\n").filter((line) => line.trim() !== ""))
    .filter((lines) => lines.length > 0);
