import type { Factor } from "#lib/assurance/assurance.ts";

/** The ways to sign in that everybody is shown, whoever they are and whatever they have. */
export const methods = ["passkey", "otherDevice", "password", "totp", "email"] as const;
export type Method = (typeof methods)[number];

/** What a browser says it was used for last, if that is one of them. */
export const knownMethod = (said: string | null): Method | null => methods.find((method) => method === said) ?? null;

/** In the order of the page: what this browser signed in with last comes first, and the rest as ever. */
export function inOrder(last: string | null): { method: Method; isLast: boolean }[] {
  const kept = knownMethod(last);
  return methods
    .map((method) => ({ method, isLast: method === kept }))
    .sort((a, b) => Number(b.isLast) - Number(a.isLast));
}

const methodOfFactor: Partial<Record<Factor, Method>> = {
  passkey_verified: "passkey",
  passkey_present: "passkey",
  password: "password",
  totp: "totp",
  email_code: "email",
};

/** The method that a sign-in began with; nothing for what is not among them. */
export const methodOf = (first: Factor): Method | null => methodOfFactor[first] ?? null;
