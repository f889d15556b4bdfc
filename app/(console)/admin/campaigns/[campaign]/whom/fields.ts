import type { WhomField } from "#lib/campaign/definition/parse/parse-whom.ts";

export type { WhomField };
/** In the order of the page. */
export const whomFields = ["roles", "ictRoles", "requirements"] as const satisfies readonly WhomField[];
