import type { relyingParty, relyingPartyRole } from "#db/schema/relying-party.ts";
import { type Duration, days } from "#lib/kernel/time.ts";

type Row = typeof relyingParty.$inferSelect;

/** What is registered of a relying party, as an administrator or its file says it. */
export type Registration = Pick<
  Row,
  | "name"
  | "descriptionMs"
  | "descriptionEn"
  | "category"
  | "owner"
  | "ownedByAgency"
  | "redirectUris"
  | "postLogoutRedirectUris"
  | "backchannelLogoutUri"
  | "initiateLoginUri"
  | "startUri"
  | "minimumLevel"
  | "openToAll"
  | "subjectType"
  | "authMethod"
  | "jwksUri"
  | "idTokenAlg"
  | "parRequired"
  | "dpopBound"
> & { jwks: KeySet | null };

export type RegistrationField = keyof Registration;

/** Of a public key, what is kept: nothing private, and nothing that is not used. */
export type PublicKey = { kty: "RSA" | "EC"; kid?: string; use?: "sig"; alg?: string } & Record<string, string>;
export type KeySet = { keys: readonly PublicKey[] };

/** A role, or module, that a relying party declares. Its key arrives there as a claim, letter by letter. */
export type RoleWanted = Pick<typeof relyingPartyRole.$inferSelect, "key" | "nameMs" | "nameEn">;

export const minimumLevels = ["aal1", "aal2", "aal2-phr"] as const satisfies readonly Row["minimumLevel"][];
export const subjectTypes = ["public", "pairwise"] as const satisfies readonly Row["subjectType"][];
export const authMethods = [
  "client_secret_basic",
  "client_secret_post",
  "private_key_jwt",
] as const satisfies readonly Row["authMethod"][];
export const idTokenAlgs = ["RS256", "PS256", "ES256"] as const satisfies readonly Row["idTokenAlg"][];

export const usesSecret = ({ authMethod }: Pick<Row, "authMethod">): boolean => authMethod !== "private_key_jwt";

/** 256 bits (security.md asks for 128 at least), as 43 letters, digits, hyphens and underscores. */
export const SECRET_BYTES = 32;
/** How long a replaced secret goes on opening, so that every server of a system can be given the new one. */
export const SECRET_OVERLAP: Duration = days(7);
export const SECRET_OVERLAP_MAX: Duration = days(30);
/** More than this of one relying party at once is no rotation but a habit. */
export const MOST_SECRETS = 4;
export const MOST_ROLES = 100;
