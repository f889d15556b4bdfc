import { type Enrolled, hasSecondFactor } from "#lib/assurance/enrolled.ts";
import type { Policy } from "#lib/kernel/context.ts";

/**
 * Whether a passkey or the authenticator app may go, by what would be left: a second factor where the agency asks one of everybody,
 * and some way in for anybody. Recovery codes alone open nothing.
 */
export function isEnoughLeft(left: Enrolled, policy: Pick<Policy, "twoFactors">): boolean {
  const opens = left.passkeys > 0 || left.password || left.totp || left.emailCode || left.google;
  return opens && (hasSecondFactor(left) || policy.twoFactors !== "always");
}
