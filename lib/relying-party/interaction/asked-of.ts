import { type Aal, levelOfAcr, levels } from "#lib/assurance/assurance.ts";
import { requiredLevel } from "#lib/assurance/policy.ts";
import { before, seconds } from "#lib/kernel/time.ts";

/** How OpenID Connect Core §5.5.1.1 writes a wish for a level among the claims of an ID token. */
export type AcrClaim = { essential?: unknown; value?: unknown; values?: unknown };

/** What a request for a sign-in asks about how it is proven, as far as it is looked at here. */
export type RequestOfSystem = {
  /** `acr_values`: names of levels with spaces between them. */
  acrValues: string | undefined;
  /** `claims.id_token.acr`. */
  acrClaim: AcrClaim | null | undefined;
  /** `max_age`, in seconds. */
  maxAge: number | undefined;
  /** `prompt` names `login`. */
  asksLogin: boolean;
  requestedAt: Date;
};

/** `since`: proofs count that were given then or later; null: however old they are. */
export type Asked = { level: Aal; since: Date | null };

/**
 * What somebody has to have proven before a relying party is told who they are. The level is the highest of the relying
 * party's own, the weakest of those its request names, and what the account asks for at every sign-in. Names of levels that
 * are none of ours ask for nothing (whether one was essential is the provider's to refuse). `max_age` is counted back from the request: a
 * person who takes their time on our pages has not to begin anew.
 */
export function askedOf(
  request: RequestOfSystem,
  { minimumLevel, ofAccount }: { minimumLevel: Aal; ofAccount: Aal },
): Asked {
  const named = weakest((request.acrValues ?? "").split(" "));
  const claimed = weakest(claimedLevels(request.acrClaim));
  const level = requiredLevel({
    portal: named ?? "aal1",
    console: claimed ?? "aal1",
    relyingParty: minimumLevel,
    account: ofAccount,
  });
  const { asksLogin, maxAge, requestedAt } = request;
  if (asksLogin) return { level, since: requestedAt };
  return { level, since: maxAge === undefined ? null : before(requestedAt, seconds(maxAge)) };
}

/** The levels that a claim names, in the order of its wishes. */
function claimedLevels(claim: AcrClaim | null | undefined): unknown[] {
  if (claim === null || claim === undefined) return [];
  return Array.isArray(claim.values) ? claim.values : [claim.value];
}

const weakest = (names: readonly unknown[]): Aal | null => {
  const known = names.map(levelOfAcr);
  return levels.find((level) => known.includes(level)) ?? null;
};
