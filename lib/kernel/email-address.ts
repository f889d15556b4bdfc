import { isPersonalDomain } from "./email-domain.ts";
import { ok, type Result, refuse } from "./result.ts";

export const emailRefusals = [
  "email_characters",
  "email_shape",
  "email_too_long",
  "email_plus",
  "email_personal",
  "email_domain",
] as const;
export type EmailRefusal = (typeof emailRefusals)[number];

/** RFC 5321 §4.5.3.1.1, and §4.5.3.1.3 less its two angle brackets. */
const MAX_LOCAL = 64;
const MAX_ADDRESS = 254;
const LOCAL = /^[a-z0-9_'](?:[a-z0-9_'.+-]*[a-z0-9_'+-])?$/;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * A mailbox in lower case, in the grammar that mail systems really use: no quotes, comments, address literals, or international
 * domains (their `xn--` form neither), since two that look alike would be two accounts.
 */
export function parseEmail(value: string): Result<string, "email_characters" | "email_shape" | "email_too_long"> {
  const address = value.trim();
  if (/[^\x21-\x7e]/.test(address)) return refuse(/\s/.test(address) ? "email_shape" : "email_characters");
  if (address.length > MAX_ADDRESS) return refuse("email_too_long");
  const [local, domain, ...more] = address.toLowerCase().split("@");
  if (!local || !domain || more.length > 0) return refuse("email_shape");
  if (local.length > MAX_LOCAL) return refuse("email_too_long");
  if (!LOCAL.test(local) || local.includes("..")) return refuse("email_shape");
  const labels = domain.split(".");
  if (labels.some((label) => label.startsWith("xn--"))) return refuse("email_characters");
  if (labels.length < 2 || !labels.every((label) => LABEL.test(label)) || !/^[a-z]{2,}$/.test(labels.at(-1) ?? ""))
    return refuse("email_shape");
  return ok(`${local}@${domain}`);
}

/**
 * An official mailbox, on a domain of the agency. `domains` holds names (`contoh.example.gov.my`) and wildcards (`*.gov.my`,
 * every domain below gov.my at any depth). A `+tag` is refused: it would give one mailbox several accounts.
 */
export function parseOfficialEmail(value: string, domains: readonly string[]): Result<string, EmailRefusal> {
  const email = parseEmail(value);
  if (!email.ok) return email;
  const [local = "", domain = ""] = email.value.split("@");
  if (!isOnDomain(domain, domains)) return refuse(isPersonalDomain(domain) ? "email_personal" : "email_domain");
  return local.includes("+") ? refuse("email_plus") : email;
}

function isOnDomain(domain: string, domains: readonly string[]): boolean {
  return domains.some((listed) => {
    const allowed = listed.trim().toLowerCase();
    return allowed.startsWith("*.")
      ? domain.endsWith(allowed.slice(1)) && domain.length > allowed.length - 1
      : domain === allowed;
  });
}
