import type { Factor } from "#lib/audit/catalogue.ts";
import type { Duration } from "#lib/kernel/time.ts";
import { after } from "#lib/kernel/time.ts";

/** Authenticator assurance levels of NIST SP 800-63B-4 §2, weakest first; `aal2-phr` resists phishing. */
export const levels = ["aal1", "aal2", "aal2-phr"] as const;
export type Aal = (typeof levels)[number];

/**
 * What can be proven. `passkey_verified` is a passkey with user verification, `passkey_present` one without: presence
 * only. Security answers are no proof: they never raise anything (ASVS 6.4.2).
 */
export type { Factor };

/**
 * A verified factor and when. `at` is an ISO moment, since proofs lie in the session's row. `credential` is the id of
 * the passkey, authenticator app or Google link that proved it, of a code by email the account's own: what was opened
 * with it ends when it is removed or switched off.
 */
export type Proof = { factor: Factor; at: string; credential?: string };

const secondToPassword: readonly Factor[] = ["totp", "recovery_code", "passkey_present"];
const alone: readonly Factor[] = ["password", "totp", "passkey_present", "email_code", "google"];

/**
 * The level a set of proofs reaches, computed and never stored; null where they open nothing (a recovery code alone).
 */
export function assuranceOf(proofs: readonly Pick<Proof, "factor">[]): Aal | null {
  const has = (factor: Factor) => proofs.some((proof) => proof.factor === factor);
  if (has("passkey_verified")) return "aal2-phr";
  if (has("password") && secondToPassword.some(has)) return "aal2";
  return alone.some(has) ? "aal1" : null;
}

/** Whether a proof alone is of the kind that nobody is phished of. */
export const resistsPhishing = (proof: Pick<Proof, "factor">): boolean => assuranceOf([proof]) === "aal2-phr";

export const reaches = (level: Aal | null, required: Aal): boolean =>
  level !== null && levels.indexOf(level) >= levels.indexOf(required);

/** The proofs not older than `span`, for step-up. */
export const fresh = (proofs: readonly Proof[], now: Date, span: Duration): Proof[] =>
  proofs.filter((proof) => after(new Date(proof.at), span) >= now);

const acr = {
  aal1: "urn:kunci:aal1",
  aal2: "urn:kunci:aal2",
  "aal2-phr": "urn:kunci:aal2:phr",
} as const satisfies Record<Aal, string>;

/** The level as relying parties read it. */
export const acrOf = (level: Aal): string => acr[level];

/** The level that a relying party names; null where it is none of ours. */
export const levelOfAcr = (name: unknown): Aal | null => levels.find((level) => acr[level] === name) ?? null;
