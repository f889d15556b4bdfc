import { type Aal, assuranceOf, type Proof, reaches } from "#lib/assurance/assurance.ts";
import type { Enrolled } from "#lib/assurance/enrolled.ts";
import { highestLevel } from "#lib/assurance/policy.ts";
import type { RelyingPartyReason } from "#lib/audit/catalogue.ts";
import type { Asked } from "./asked-of.ts";

/** Where somebody stands on the way from a system through the portal and back to it. */
export type OnTheWay = {
  /** null: there is no such request in this browser, or its time ran out. `isAnswered`: the person turned back. */
  request: { isAnswered: boolean } | null;
  /** null: nobody is signed in. */
  person: null | {
    proofs: readonly Proof[];
    enrolled: Enrolled;
    /** The request is about this person, or about nobody in particular (`id_token_hint`). */
    isMeant: boolean;
    /** null: they may open the system. */
    refusal: Exclude<RelyingPartyReason, "level_out_of_reach" | "consent_denied"> | null;
  };
  asked: Asked;
  /** The scopes that they have not agreed to yet and have to; null where nothing is asked. */
  toAgreeTo: readonly string[] | null;
};

/** too_weak: the level was never reached in this session. too_old: it was, and longer ago than is asked for. */
export type WhyStepUp = "too_weak" | "too_old";

export type NextStep =
  | { step: "expired" }
  | { step: "sign_in" }
  | { step: "other_person" }
  | { step: "no_access"; why: Exclude<RelyingPartyReason, "level_out_of_reach" | "consent_denied"> }
  | { step: "enrol"; level: Aal }
  | { step: "step_up"; why: WhyStepUp; asked: Asked }
  | { step: "consent"; scopes: readonly string[] }
  | { step: "go_on" };

/**
 * What comes next before somebody is led back to a system. Nobody is asked to prove or to agree to anything for a system
 * that is not open to them.
 */
export function nextStep({ request, person, asked, toAgreeTo }: OnTheWay): NextStep {
  if (request === null) return { step: "expired" };
  if (request.isAnswered) return { step: "go_on" };
  if (person === null) return { step: "sign_in" };
  if (!person.isMeant) return { step: "other_person" };
  if (person.refusal !== null) return { step: "no_access", why: person.refusal };
  const { level, since } = asked;
  const { proofs, enrolled } = person;
  const young = since === null ? proofs : proofs.filter(({ at }) => new Date(at) >= since);
  if (!reaches(assuranceOf(young), level)) {
    if (!reaches(highestLevel(enrolled), level)) return { step: "enrol", level };
    return { step: "step_up", why: reaches(assuranceOf(proofs), level) ? "too_old" : "too_weak", asked };
  }
  return toAgreeTo === null ? { step: "go_on" } : { step: "consent", scopes: toAgreeTo };
}
