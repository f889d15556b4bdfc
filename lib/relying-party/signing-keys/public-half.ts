/** The members of a public key on a curve (RFC 7518 §6.2.1): of what is not named here nothing is published. */
const MEMBERS = ["kty", "crv", "x", "y"] as const;

/** An ES256 key as it is published for good. */
export function publicHalf(jwk: Partial<Record<string, unknown>>, kid: string): object {
  return { ...Object.fromEntries(MEMBERS.map((member) => [member, jwk[member]])), kid, use: "sig", alg: "ES256" };
}
