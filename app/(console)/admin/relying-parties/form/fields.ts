import type { RegistrationField } from "#lib/relying-party/registration/registration.ts";

/** In the order of the page. */
export const partyFields = [
  "name",
  "descriptionMs",
  "descriptionEn",
  "category",
  "owner",
  "ownedByAgency",
  "openToAll",
  "minimumLevel",
  "redirectUris",
  "postLogoutRedirectUris",
  "backchannelLogoutUri",
  "initiateLoginUri",
  "startUri",
  "authMethod",
  "jwks",
  "jwksUri",
  "idTokenAlg",
  "subjectType",
  "parRequired",
  "dpopBound",
] as const satisfies readonly RegistrationField[];
export type PartyField = (typeof partyFields)[number];
export type PartyValues = Record<PartyField, string>;
