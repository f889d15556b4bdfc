/** Of sessions where people are helped in person. `place`: where, for people to read. */
export type OnsiteEvents = {
  "onsite_session.created": { sessionId: string; campaignId: string; place: string };
  /** `before`, `after`: what of it changed; nothing personal. */
  "onsite_session.changed": { sessionId: string; place: string; before: unknown; after: unknown };
  "onsite_session.cancelled": { sessionId: string; place: string };
  "onsite_place.invited": { sessionId: string; placeId: string; place: string };
  "onsite_place.booked": { sessionId: string; placeId: string; place: string };
  "onsite_place.waiting": { sessionId: string; placeId: string; place: string };
  "onsite_place.moved_up": { sessionId: string; placeId: string; place: string };
  "onsite_place.given_up": { sessionId: string; placeId: string; place: string };
  "onsite_place.attended": { sessionId: string; placeId: string; place: string; document: OnsiteDocument };
  /** An officer saw a person who had never activated, with this document, and gave them a link to do so at once. */
  "presence.verified": { sessionId: string; linkId: string; place: string; document: OnsiteDocument };
};

/** What an officer compares with the person. */
export type OnsiteDocument = "mykad" | "passport" | "police_report" | "service_card";
