import { type Aal, assuranceOf, type Proof, reaches } from "#lib/assurance/assurance.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { after, minutes } from "#lib/kernel/time.ts";

/** From the identity to the last proof. */
export const SIGN_IN_LIFETIME = minutes(15);

/** A sign-in under way. `accountId` null is a number nobody has: it takes the same steps, and it must not show. */
export type Ceremony =
  | { step: "identify"; required: Aal; startedAt: Date }
  | { step: "prove"; required: Aal; startedAt: Date; accountId: string | null; proofs: Proof[] }
  | { step: "established"; accountId: string; proofs: Proof[] }
  | { step: "ended"; why: "expired" | "locked" };

export type CeremonyEvent =
  | { type: "identified"; accountId: string | null }
  | { type: "proved"; proof: Proof }
  /** The account was locked, suspended or closed meanwhile. */
  | { type: "locked" };

/** Every legal step, and what comes of it. A step out of its order is refused; time that ran out ends it. */
export function advance(now: Date, at: Ceremony, event: CeremonyEvent): Result<Ceremony, "out_of_order"> {
  if (at.step === "established" || at.step === "ended") return refuse("out_of_order");
  if (after(at.startedAt, SIGN_IN_LIFETIME) <= now) return ok({ step: "ended", why: "expired" });
  if (event.type === "locked") return ok({ step: "ended", why: "locked" });
  if (at.step === "identify")
    return event.type === "identified"
      ? ok({ ...at, step: "prove", accountId: event.accountId, proofs: [] })
      : refuse("out_of_order");
  if (event.type !== "proved" || at.accountId === null) return refuse("out_of_order");
  const proofs = [...at.proofs, event.proof];
  return reaches(assuranceOf(proofs), at.required)
    ? ok({ step: "established", accountId: at.accountId, proofs })
    : ok({ ...at, proofs });
}
