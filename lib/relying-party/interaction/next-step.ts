import type { Aal } from "#lib/assurance/assurance.ts";
import { reaches } from "#lib/assurance/assurance.ts";
import type { Enrolled } from "#lib/assurance/enrolled.ts";
import { highestLevel } from "#lib/assurance/policy.ts";
import type { RelyingPartyReason } from "#lib/audit/catalogue.ts";
import type { Standing } from "../provider/standing.ts";

/** Why a system is not open to somebody. */
export type NoAccess = Exclude<RelyingPartyReason, "level_out_of_reach" | "consent_denied">;

/** Where somebody stands on the way from a system through the portal and back to it. */
export type OnTheWay = {
  /** null: there is no such request in this browser, or its time ran out. `isAnswered`: the person turned back. */
  request: { isAnswered: boolean } | null;
  /** null: nobody is signed in. */
  person: null | {
    /** The request is about this person, or about nobody in particular (`id_token_hint`). */
    isMeant: boolean;
    /** null: they may open the system. */
    refusal: NoAccess | null;
    /** How what they have proven meets what is asked. */
    standing: Standing;
    enrolled: Enrolled;
    /** The scopes that they have not agreed to yet and have to; null where nothing is asked. */
    toAgreeTo: readonly string[] | null;
  };
};

export type NextStep =
  | { step: "expired" }
  | { step: "sign_in" }
  | { step: "other_person" }
  | { step: "no_access"; why: NoAccess }
  | { step: "enrol"; level: Aal }
  | { step: "step_up"; why: "too_weak" | "too_old"; level: Aal; since: Date | null }
  | { step: "consent"; scopes: readonly string[] }
  | { step: "go_on" };

/**
 * What comes next before somebody is led back to a system, in the order in which the provider looks at it again. Nobody is
 * asked to prove or to agree to anything for a system that is not open to them.
 */
export function nextStep({ request, person }: OnTheWay): NextStep {
  if (request === null) return { step: "expired" };
  if (request.isAnswered) return { step: "go_on" };
  if (person === null) return { step: "sign_in" };
  if (!person.isMeant) return { step: "other_person" };
  if (person.refusal !== null) return { step: "no_access", why: person.refusal };
  const { standing, enrolled, toAgreeTo } = person;
  if (!standing.enough) {
    const { level, provenSince } = standing.demand;
    return reaches(highestLevel(enrolled), level)
      ? { step: "step_up", why: standing.why, level, since: provenSince }
      : { step: "enrol", level };
  }
  return toAgreeTo === null ? { step: "go_on" } : { step: "consent", scopes: toAgreeTo };
}
