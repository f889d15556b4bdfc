import type { CampaignDefinition } from "#lib/campaign/definition/find-campaign.ts";
import { type LetterField, letterFields } from "./fields.ts";

/** The letters of a campaign as their form holds them. */
export const lettersAs = ({ texts }: Pick<CampaignDefinition, "texts">): Record<LetterField, string> =>
  Object.fromEntries(
    letterFields.map((name) => {
      const [kind, part] = name.split(".") as ["invitation", "subjectMs"];
      return [name, texts[kind][part]];
    }),
  ) as Record<LetterField, string>;
