type MoveRequestKind = "enrolment" | "role_grant" | "role_end";
type MoveRequestFacts = { requestId: string; campaignId: string; kind: MoveRequestKind };

/** What one officer prepares and another confirms. */
export type MoveRequestEvents = {
  "move_request.opened": MoveRequestFacts;
  "move_request.confirmed": MoveRequestFacts;
  /** Not a refusal of the portal: the second officer said no. */
  "move_request.declined": MoveRequestFacts;
  "move_request.withdrawn": MoveRequestFacts;
  /** Nobody can decide on it any more: the campaign or the account was closed, or the role given or taken elsewhere. */
  "move_request.overtaken": MoveRequestFacts;
  "move_request.refused": { requestId: string; reason: "same_person" | "asker_may_not" | "not_open" };
  /** Those who decide were written to, each at most once a day. */
  "move_request.deciders_told": { campaignId: string; letters: number };
};
