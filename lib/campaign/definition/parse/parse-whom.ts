import { type CampaignRequirement, campaignRequirements } from "#db/schema/campaign.ts";
import { isUuid } from "#lib/kernel/uuid.ts";

/** Whom a campaign is for, by roles of systems and by what people say they do; and what they have to have. */
export type Whom = { roleIds: string[]; ictRoleIds: string[]; requirements: CampaignRequirement[] };
export type WhomField = "roles" | "ictRoles" | "requirements";
export const whomFields = ["roles", "ictRoles", "requirements"] as const satisfies readonly WhomField[];
export type WhomFieldRefusal = "targets_many" | "targets_unknown" | "requirement_unknown";
export type WhomErrors = Partial<Record<WhomField, WhomFieldRefusal>>;

/** What a campaign asks for whatever else it does: without it nobody has anything to roam with. */
export const ALWAYS_REQUIRED: CampaignRequirement = "second_factor";
const MOST_TARGETS = 200;

/** Reads whom a campaign is for. Whether there are such roles, the use case sees. */
export function parseWhom(form: FormData): { ok: true; value: Whom } | { ok: false; errors: WhomErrors } {
  const errors: WhomErrors = {};
  const roleIds = ticked(form, "roles");
  if (roleIds.some((id) => !isUuid(id))) errors.roles = "targets_unknown";
  else if (roleIds.length > MOST_TARGETS) errors.roles = "targets_many";
  const ictRoleIds = ticked(form, "ictRoles");
  if (ictRoleIds.some((id) => id.length > 60)) errors.ictRoles = "targets_unknown";
  else if (ictRoleIds.length > MOST_TARGETS) errors.ictRoles = "targets_many";
  const said = new Set<string>([ALWAYS_REQUIRED, ...ticked(form, "requirements")]);
  const requirements = campaignRequirements.filter((known) => said.has(known));
  if (requirements.length !== said.size) errors.requirements = "requirement_unknown";
  return Object.keys(errors).length > 0
    ? { ok: false, errors }
    : { ok: true, value: { roleIds, ictRoleIds, requirements } };
}

/** The values of the boxes of a name that are ticked, each once, in their order. */
export const ticked = (form: FormData, name: string): string[] => [
  ...new Set(form.getAll(name).flatMap((one) => (typeof one === "string" && one !== "" ? [one] : []))),
];
