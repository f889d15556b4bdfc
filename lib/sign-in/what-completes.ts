import { type Aal, assuranceOf, type Factor, type Proof, reaches } from "#lib/assurance/assurance.ts";
import type { Enrolled } from "#lib/assurance/enrolled.ts";

/** What somebody who is known by now can be asked for, the quickest and safest first. */
export const ways = ["passkey_verified", "totp", "password", "recovery_code", "email_code"] as const satisfies Factor[];
export type Way = (typeof ways)[number];

const has: Record<Way, (enrolled: Enrolled) => boolean> = {
  passkey_verified: ({ passkeys }) => passkeys > 0,
  totp: ({ totp }) => totp,
  password: ({ password }) => password,
  recovery_code: ({ recoveryCodesLeft }) => recoveryCodesLeft > 0,
  email_code: ({ emailCode }) => emailCode,
};

/**
 * What of the enrolled brings these proofs to the level, alone or together with more of it: never what would add
 * nothing. Empty where nothing does, and where the level is reached.
 */
export function whatCompletes(proofs: readonly Pick<Proof, "factor">[], enrolled: Enrolled, required: Aal): Way[] {
  const open = ways.filter((way) => has[way](enrolled) && !proofs.some(({ factor }) => factor === way));
  const reached = (more: readonly Way[]) =>
    reaches(assuranceOf([...proofs, ...more.map((factor) => ({ factor }))]), required);
  return open.filter((way) =>
    subsetsOf(open.filter((other) => other !== way)).some((others) => !reached(others) && reached([...others, way])),
  );
}

const subsetsOf = <T>(items: readonly T[]): T[][] =>
  Array.from({ length: 2 ** items.length }, (_, bits) => items.filter((_, at) => bits & (1 << at)));
