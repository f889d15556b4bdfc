/** Of the systems that sign people in by the portal. */
export type SystemEvents = {
  /** `system`: the relying party's name at that time, for people to read. */
  "relying_party.added": { relyingPartyId: string; system: string };
  /** `before`, `after`: what was registered of it; no secret. */
  "relying_party.changed": { relyingPartyId: string; system: string; before: unknown; after: unknown };
  "relying_party.disabled": { relyingPartyId: string; system: string };
  "relying_party.enabled": { relyingPartyId: string; system: string };
  "relying_party.secret_made": { relyingPartyId: string; system: string; secretId: string };
  "relying_party.secret_ended": { relyingPartyId: string; system: string; secretId: string };
  "signing_key.made": { kid: string };
  "signing_key.retired": { kid: string };
  "relying_party.signed_in": { relyingPartyId: string; system: string; relyingPartySessionId: string; level: string };
  "relying_party.refused": { relyingPartyId: string; system: string; reason: RelyingPartyReason };
  "relying_party.signed_out": { relyingPartyId: string; system: string; relyingPartySessionId: string; why: string };
  /** Its address for that did not answer, or said no, until telling it was given up. */
  "relying_party.logout_failed": { relyingPartyId: string; system: string; relyingPartySessionId: string };
  /** A code, or a refresh token that was replaced, came a second time: what hung on it is ended. */
  "relying_party.code_reused": { relyingPartyId: string; system: string; relyingPartySessionId: string };
  "relying_party.token_reused": { relyingPartyId: string; system: string; relyingPartySessionId: string };
  "relying_party_role.granted": { relyingPartyId: string; system: string; roleId: string; actionId: string | null };
  "relying_party_role.ended": { relyingPartyId: string; system: string; roleId: string; actionId: string | null };
  "access_request.opened": { requestId: string; relyingPartyId: string; system: string };
  "access_request.granted": { requestId: string; relyingPartyId: string; system: string };
  "access_request.declined": { requestId: string; relyingPartyId: string; system: string };
  "access_request.withdrawn": { requestId: string; relyingPartyId: string; system: string };
  "consent.given": { relyingPartyId: string; system: string };
  "consent.withdrawn": { relyingPartyId: string; system: string };
};

/** Why somebody may not open a relying party. */
export type RelyingPartyReason =
  | "no_role"
  | "awaiting_confirmation"
  | "disabled"
  | "level_out_of_reach"
  | "consent_denied";
