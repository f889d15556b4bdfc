import { type Enrolled, hasSecondFactor } from "#lib/assurance/enrolled.ts";
import { ownDemand } from "#lib/assurance/policy.ts";
import type { Policy } from "#lib/kernel/context.ts";

/** Each is a key of the words for it. */
export type Way =
  | "withPasskeys"
  | "withPasswordAndTotp"
  | "withPassword"
  | "withTotp"
  | "withEmailCode"
  | "withGoogle"
  | "withCodesBesides";

/**
 * How somebody with this left opens their account, the easiest first. Where two factors are asked for, one alone is no
 * way in.
 */
export function waysLeft(left: Enrolled, policy: Pick<Policy, "twoFactors">): Way[] {
  const asksTwo = hasSecondFactor(left) && ownDemand(left, policy) === "aal2";
  const ways: (Way | false)[] = asksTwo
    ? [left.passkeys > 0 && "withPasskeys", left.password && left.totp && "withPasswordAndTotp"]
    : [
        left.passkeys > 0 && "withPasskeys",
        left.password && "withPassword",
        left.totp && "withTotp",
        left.emailCode && "withEmailCode",
        left.google && "withGoogle",
      ];
  if (asksTwo && left.password && left.recoveryCodesLeft > 0) ways.push("withCodesBesides");
  return ways.filter((way) => way !== false);
}
