import type { campaignPerson } from "#db/schema/campaign.ts";

export type HeldUpBy = NonNullable<(typeof campaignPerson.$inferSelect)["heldUpBy"]>;

/**
 * What stands in somebody's way, as officers are told of it, and what it is made of in a person's row. `profile`: what the
 * person fills in alone. An office's address is its administrators' to fill in.
 */
export const hindrances = {
  letter_bounced: ["letter_bounced"],
  not_activated: ["not_activated"],
  official_email: ["official_email"],
  profile: ["personal_email", "mobile", "ict_roles"],
  office_address: ["office_address"],
  second_factor: ["second_factor"],
  ap_confirmation: ["ap_confirmation"],
  awaiting_confirmation: ["awaiting_confirmation"],
} as const satisfies Record<string, readonly HeldUpBy[]>;
export type Hindrance = keyof typeof hindrances;

export const hindranceKeys = Object.keys(hindrances) as Hindrance[];

/** What a row's `held_up_by` is called. */
export const hindranceOf = (heldUpBy: HeldUpBy): Hindrance => {
  const found = hindranceKeys.find((key) => (hindrances[key] as readonly HeldUpBy[]).includes(heldUpBy));
  if (!found) throw new Error(`Nobody says what ${heldUpBy} is`);
  return found;
};
