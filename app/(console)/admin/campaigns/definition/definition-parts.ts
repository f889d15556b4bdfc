import { notFound } from "next/navigation";
import { campaignPath } from "../paths.ts";

/** The pages a campaign is defined on, in their order. */
export const definitionParts = ["edit", "whom", "phases", "letters", "schedule", "stage"] as const;
export type DefinitionPart = (typeof definitionParts)[number];

export const partPath = (campaignId: string, part: DefinitionPart): string => `${campaignPath(campaignId)}/${part}`;
export const phasePath = (campaignId: string, phaseId: string): string =>
  `${partPath(campaignId, "phases")}/${phaseId === "" ? "new" : phaseId}`;

/** The id that a form carries under a name; empty for what is made anew. Anything else no page of ours has sent. */
export function idIn(form: FormData, name: "campaign" | "phase"): string {
  const said = form.get(name);
  return typeof said === "string" && /^[\da-f-]{0,36}$/.test(said) ? said : notFound();
}
