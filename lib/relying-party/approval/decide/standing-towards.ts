import type { FoundApproval } from "../find-approval.ts";

/** Why somebody may not decide what a system asked for. `other_session`: it lies open in another browser of theirs. */
export type NotTheirs = "expired" | "no_role" | "other_person" | "other_session";

/** How somebody stands towards an approval. `ask`: it is theirs to decide now. */
export type ApprovalStanding = { is: "ask" } | { is: "approved" | "refused" } | { is: "not_theirs"; why: NotTheirs };

type Looked = Pick<
  FoundApproval,
  "state" | "expiresAt" | "accountId" | "sessionId" | "holdsRole" | "shownSessionLives"
>;

/**
 * Who may decide, and when: whoever holds the role at this moment, in time, once; and from when it was first shown only that
 * person, in that session for as long as it lives.
 */
export function standingTowards(
  approval: Looked,
  { accountId, sessionId, now }: { accountId: string; sessionId: string; now: Date },
): ApprovalStanding {
  if (approval.accountId !== null && approval.accountId !== accountId) return { is: "not_theirs", why: "other_person" };
  if (approval.state !== "open") return { is: approval.state };
  if (approval.expiresAt <= now) return { is: "not_theirs", why: "expired" };
  if (!approval.holdsRole) return { is: "not_theirs", why: "no_role" };
  return approval.shownSessionLives && approval.sessionId !== sessionId
    ? { is: "not_theirs", why: "other_session" }
    : { is: "ask" };
}
