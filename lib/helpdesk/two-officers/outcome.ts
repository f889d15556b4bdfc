import type { Tx } from "#db/client.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { Result } from "#lib/kernel/result.ts";
import type { Officer } from "#lib/office/roles/rights.ts";
import type { Reached } from "../reach-account.ts";
import type { Reason } from "../reason.ts";
import type { OfficerRequest } from "./request-state.ts";

/** What was decided on: `reached` is the deciding officer and the account, whose row is held. */
export type Decision = { request: OfficerRequest; reached: Reached; reason: Reason };

/** Why what was asked for can no longer be done, though two officers agree. */
export type OutcomeRefusal =
  | "not_activated"
  | "identity_taken"
  | "mailbox_taken"
  | "case_not_open"
  | "illegal_move"
  | "grant_not_open"
  | "outranked";

/**
 * What comes of a request, by its kind, in the transaction of the decision. `approved` looks whether it can still be done
 * before it changes anything; what it answers is kept with the request. The owner is told by it too. `askable`: whether
 * `asker`, who may ask for the kind on this account, could still ask for just this.
 */
export type Outcome = {
  askable?(tx: Tx, request: OfficerRequest, asker: Officer): Promise<boolean>;
  approved(tx: Tx, ctx: Context, decision: Decision): Promise<Result<{ ticketId?: string }, OutcomeRefusal>>;
  declined?(tx: Tx, ctx: Context, decision: Decision): Promise<void>;
};
