/** `system`: the relying party's name at that time, for people to read. What was approved is in the approval alone. */
type OfApproval = { approvalId: string; relyingPartyId: string; system: string };

/** Of transactions that somebody approves or refuses. */
export type ApprovalEvents = {
  /** The system pushed it: nobody's yet. */
  "transaction_approval.requested": OfApproval;
  /** It is theirs to decide from now on, and nobody else's. */
  "transaction_approval.shown": OfApproval;
  "transaction_approval.approved": OfApproval;
  /** Not a refusal of the portal: its owner said no. */
  "transaction_approval.declined": OfApproval;
};
