import type { Aal } from "#lib/assurance/assurance.ts";
import { reaches } from "#lib/assurance/assurance.ts";
import type { Enrolled } from "#lib/assurance/enrolled.ts";
import { highestLevel, requiredLevel } from "#lib/assurance/policy.ts";
import type { RelyingPartyReason } from "#lib/audit/catalogue.ts";
import type { ApprovalStanding, NotTheirs } from "../approval/decide/standing-towards.ts";
import { APPROVES_AT, type Standing } from "../provider/session/standing.ts";

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
    /** How they stand towards the transaction that the system asks about; null where it asks about none. */
    approval: (ApprovalStanding & { approvalId: string }) | null;
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
  | { step: "approve"; approvalId: string; by: { app: boolean; passkey: boolean } }
  | { step: "not_approvable"; why: NotTheirs }
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
  const { standing, enrolled, toAgreeTo, approval } = person;
  if (!standing.enough) {
    const { level, provenSince } = standing.demand;
    return reaches(highestLevel(enrolled), level)
      ? { step: "step_up", why: standing.why, level, since: provenSince }
      : { step: "enrol", level };
  }
  if (toAgreeTo !== null) return { step: "consent", scopes: toAgreeTo };
  return approval === null ? { step: "go_on" } : approvalStep(approval, enrolled, standing.demand.level);
}

/**
 * What was decided goes back to its system. It takes a code of an app, or a passkey, on this very page, and a passkey alone where
 * what is asked resists phishing: whoever has none of that sets it up.
 */
function approvalStep(
  approval: NonNullable<NonNullable<OnTheWay["person"]>["approval"]>,
  enrolled: Enrolled,
  level: Aal,
): NextStep {
  if (approval.is === "not_theirs") return { step: "not_approvable", why: approval.why };
  if (approval.is !== "ask") return { step: "go_on" };
  const by = { app: enrolled.totp && reaches(APPROVES_AT, level), passkey: enrolled.passkeys > 0 };
  return by.app || by.passkey
    ? { step: "approve", approvalId: approval.approvalId, by }
    : { step: "enrol", level: requiredLevel({ portal: APPROVES_AT, relyingParty: level }) };
}
