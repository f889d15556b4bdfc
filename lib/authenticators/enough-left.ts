import { type Enrolled, hasSecondFactor, hasWayIn } from "#lib/assurance/enrolled.ts";
import type { Policy } from "#lib/kernel/context.ts";

/**
 * Whether a passkey or the authenticator app may go, by what would be left: a second factor where the agency asks one
 * of everybody, and some way in for anybody.
 */
export function isEnoughLeft(left: Enrolled, policy: Pick<Policy, "twoFactors">): boolean {
  return hasWayIn(left) && (hasSecondFactor(left) || policy.twoFactors !== "always");
}
