import { isDomainPattern, isOpenToAnybody, isPersonalDomain } from "#lib/kernel/email-domain.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";

export const MOST_DOMAINS = 50;

export type DomainsRefusal =
  | "domains_missing"
  | "domain_shape"
  | "domain_personal"
  | "domain_open"
  | "too_many_domains";

/**
 * Domains as somebody lists them, a line each or with commas: `contoh.example.gov.my`, `*.gov.my`, also with an `@` before.
 * Each once, in their order. A mailbox provider's domain is refused: anybody can have an address there. So is a wildcard below which anybody can have a domain.
 */
export function parseDomains(text: string): Result<string[], DomainsRefusal> {
  const listed = text
    .split(/[\s,;]+/)
    .map((item) => item.toLowerCase().replace(/^@/, ""))
    .filter((item) => item !== "");
  const domains = [...new Set(listed)];
  if (domains.length === 0) return refuse("domains_missing");
  if (domains.length > MOST_DOMAINS) return refuse("too_many_domains");
  if (!domains.every(isDomainPattern)) return refuse("domain_shape");
  if (domains.some(isOpenToAnybody)) return refuse("domain_open");
  return domains.some((domain) => isPersonalDomain(domain.replace(/^\*\./, "")))
    ? refuse("domain_personal")
    : ok(domains);
}
