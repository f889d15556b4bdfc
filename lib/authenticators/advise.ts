import { type Enrolled, hasSecondFactor } from "#lib/assurance/enrolled.ts";

/** Recovery codes left when it is time for new ones. */
export const FEW_LEFT = 2;

/** What makes an account safer, in the order it is worth doing. */
export const protections = ["passkey", "totp", "recovery_codes", "security_phrase"] as const;
export type Protection = (typeof protections)[number];

/** done: nothing to do. look: worth doing. later: of no use yet, or not needed beside what there is; not counted. */
export type ProtectionState = "done" | "look" | "later";

export type Advice = {
  states: Record<Protection, ProtectionState>;
  /** Of `of` that count, so many are done. */
  done: number;
  of: number;
  /** What is worth doing next. */
  next: Protection | null;
};

/**
 * How well an account is protected, and what would help most. A passkey first: nothing else withstands a false site. An
 * authenticator app is asked of nobody who has a passkey. Recovery codes stand in for a second factor, so they come
 * after one.
 */
export function advise(
  enrolled: Pick<Enrolled, "passkeys" | "totp" | "recoveryCodesLeft">,
  phraseSet: boolean,
): Advice {
  const has = (it: boolean, otherwise: ProtectionState = "look"): ProtectionState => (it ? "done" : otherwise);
  const states: Record<Protection, ProtectionState> = {
    passkey: has(enrolled.passkeys > 0),
    totp: has(enrolled.totp, "later"),
    recovery_codes: has(
      enrolled.recoveryCodesLeft > FEW_LEFT,
      hasSecondFactor(enrolled) || enrolled.recoveryCodesLeft > 0 ? "look" : "later",
    ),
    security_phrase: has(phraseSet),
  };
  const counted = protections.filter((each) => states[each] !== "later");
  return {
    states,
    done: counted.filter((each) => states[each] === "done").length,
    of: counted.length,
    next: protections.find((each) => states[each] === "look") ?? null,
  };
}
