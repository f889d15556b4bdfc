import { fresh, type Proof } from "#lib/assurance/assurance.ts";
import { PROOF_LIFETIME } from "#lib/assurance/sensitive.ts";
import type { Attempt } from "./attempt.ts";

/**
 * What counts of the proofs of a sign-in under way: all, but what a session that is stepped up brought along only as long
 * as it would without the ceremony.
 */
export function countedProofs(
  { sessionId, proofs, proofsSince }: Pick<Attempt, "sessionId" | "proofs" | "proofsSince">,
  now: Date,
): Proof[] {
  if (sessionId === null) return proofs;
  return proofsSince === null
    ? fresh(proofs, now, PROOF_LIFETIME)
    : proofs.filter(({ at }) => new Date(at) >= proofsSince);
}
