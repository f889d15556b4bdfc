import type { Person } from "../session/find-signed-in.ts";

/** The scopes there are, and the claims that each opens. The identity number is none, and never will be. */
export const CLAIMS_OF_SCOPE = {
  openid: ["sub", "acr", "amr", "auth_time"],
  profile: ["name", "office"],
  email: ["email", "email_verified"],
  roles: ["kunci_roles"],
} as const satisfies Record<string, readonly string[]>;

export type Scope = keyof typeof CLAIMS_OF_SCOPE;
export const SCOPES = Object.keys(CLAIMS_OF_SCOPE) as Scope[];

const isScope = (scope: string): scope is Scope => Object.hasOwn(CLAIMS_OF_SCOPE, scope);

/** The scopes of ours in a request's `scope`, in our order; what else it names is ignored (OpenID Connect Core §3.1.2.1). */
export function knownScopes(scope: string | undefined): Scope[] {
  const asked = new Set((scope ?? "").split(" ").filter(isScope));
  return SCOPES.filter((each) => asked.has(each));
}

/** The scopes that single claims belong to: whoever agrees to a scope agrees to its claims. */
export const scopesOfClaims = (claims: Iterable<string>): Scope[] => {
  const asked = new Set(claims);
  return SCOPES.filter((scope) => CLAIMS_OF_SCOPE[scope].some((claim) => asked.has(claim)));
};

/** What somebody has agreed that a relying party is told, and when; null where they never did, or withdrew it. */
export type Consented = { consented: readonly string[] | null; consentedAt: Date | null };

/** Whether somebody is still to be asked: about a scope that is new, or about all of them where their word has to be newer than `since`. */
export const isToAgree = (
  asked: readonly string[],
  { consented, consentedAt }: Consented,
  since: Date | null,
): boolean =>
  (since !== null && (consentedAt === null || consentedAt < since)) ||
  asked.some((scope) => !consented?.includes(scope));

/** All that may be told of somebody; oidc-provider leaves out what was not granted. */
export const claimsOf = (person: Person) => ({
  name: person.fullName,
  email: person.officialEmail,
  email_verified: person.emailVerified,
  office: { code: person.officeCode, name: person.officeName },
  kunci_roles: person.roleKeys,
});
