import type { Policy } from "#lib/kernel/context.ts";

/** The domains official mailboxes of an office's people may be on: its own where it has some, else the agency's. */
export const officialDomains = (
  policy: Pick<Policy, "emailDomains">,
  office: { emailDomains: readonly string[] | null } | null,
): readonly string[] => office?.emailDomains ?? policy.emailDomains;
