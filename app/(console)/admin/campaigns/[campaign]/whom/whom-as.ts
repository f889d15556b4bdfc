import type { CampaignDefinition } from "#lib/campaign/definition/find-campaign.ts";
import type { WhomField } from "./fields.ts";

/** Whom a campaign is for as its form holds it: the values of the ticked boxes, apart by blanks. */
export const whomAs = ({
  roles,
  ictRoles,
  requirements,
}: Pick<CampaignDefinition, "roles" | "ictRoles" | "requirements">): Record<WhomField, string> => ({
  roles: roles.map(({ id }) => id).join(" "),
  ictRoles: ictRoles.map(({ id }) => id).join(" "),
  requirements: requirements.join(" "),
});
