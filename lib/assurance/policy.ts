import type { Policy } from "#lib/kernel/context.ts";
import { type Aal, levels } from "./assurance.ts";
import { type Enrolled, hasSecondFactor } from "./enrolled.ts";

/** What asks for a level. Whoever asks for most decides. */
export type Demands = { portal: Aal; account?: Aal; relyingParty?: Aal; console?: Aal };

export const PORTAL_MINIMUM: Aal = "aal1";

export function requiredLevel(demands: Demands): Aal {
  const asked = Object.values(demands).map((level) => levels.indexOf(level));
  return levels[Math.max(...asked)] ?? PORTAL_MINIMUM;
}

/**
 * What the account itself asks for at every sign-in: two factors where it has a second one, unless its owner switched
 * that off and may.
 */
export const ownDemand = (
  enrolled: Pick<Enrolled, "passkeys" | "totp" | "asksTwoFactors"> & Partial<Enrolled>,
  policy: Pick<Policy, "twoFactors">,
): Aal => (hasSecondFactor(enrolled) && (enrolled.asksTwoFactors || policy.twoFactors === "always") ? "aal2" : "aal1");

/**
 * The level a sign-in must reach before it opens a session. What the portal or a page asks for and the account cannot
 * reach yet is not asked for here: that page leads to enrolling a second factor, after a fresh proof. What the account
 * itself asks for is never let go of: where its password is disabled, a code alone does not open what takes two
 * factors; a new password comes first.
 */
export function levelToOpen(required: Aal, enrolled: Enrolled, policy: Pick<Policy, "twoFactors">): Aal {
  const reachable = highestLevel(enrolled);
  const asked = levels.indexOf(required) <= levels.indexOf(reachable) ? required : reachable;
  return requiredLevel({ portal: asked, account: ownDemand(enrolled, policy) });
}

/** The highest level the account can reach with what it has enrolled. */
export function highestLevel(enrolled: Enrolled): Aal {
  if (enrolled.passkeys > 0) return "aal2-phr";
  return enrolled.password && (enrolled.totp || enrolled.recoveryCodesLeft > 0) ? "aal2" : "aal1";
}

/**
 * What a sensitive change needs: two factors from whoever has a second one. Not the phishing-resistant kind, even where
 * a passkey is enrolled: somebody whose phone is gone must be able to remove its passkey with their authenticator app.
 */
export const levelToChange = (enrolled: Enrolled): Aal => (hasSecondFactor(enrolled) ? "aal2" : "aal1");
