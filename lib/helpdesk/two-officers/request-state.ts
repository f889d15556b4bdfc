import type { officerRequest } from "#db/schema/helpdesk.ts";
import type { OfficerRequestKind } from "#lib/audit/catalogue.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { hours } from "#lib/kernel/time.ts";
import type { Right } from "#lib/office/roles/rights.ts";
import type { OfficerAction } from "../act.ts";

export type OfficerRequest = typeof officerRequest.$inferSelect;
export type RequestState = OfficerRequest["state"];
export type RequestEvent = "approve" | "decline" | "expire" | "withdraw" | "stop";

/** A request that nobody decided on by then is over. Product rules: 4 hours. */
export const REQUEST_LIFETIME = hours(4);

/**
 * Every move of what takes two officers. One that is not on this table cannot happen. `stop` is the owner's: of one that
 * was approved it ends what came of it.
 */
export const requestMoves = {
  open: { approve: "approved", decline: "refused", expire: "expired", withdraw: "withdrawn", stop: "withdrawn" },
  approved: { stop: "approved" },
  refused: {},
  expired: {},
  withdrawn: {},
} as const satisfies Record<RequestState, Partial<Record<RequestEvent, RequestState>>>;

/** Where a move leads from a state. Refuses `not_open` for what is not on the table. */
export function nextState(from: RequestState, event: RequestEvent): Result<RequestState, "not_open"> {
  const moves: Partial<Record<RequestEvent, RequestState>> = requestMoves[from];
  const to = moves[event];
  return to === undefined ? refuse("not_open") : ok(to);
}

/** The state at a moment: an open one is over when its time is, whether or not somebody has written that down. */
export const stateAt = ({ state, expiresAt }: Pick<OfficerRequest, "state" | "expiresAt">, now: Date): RequestState =>
  state === "open" && expiresAt <= now ? "expired" : state;

/** What asking for it takes, and what deciding takes. */
export const rightsOfKind = {
  factor_reset: { ask: "reset.request", decide: "reset.decide" },
  reopen: { ask: "reopen.request", decide: "reopen.decide" },
  name: { ask: "correction.request", decide: "correction.decide" },
  identity: { ask: "correction.request", decide: "correction.decide" },
  role: { ask: "role.request", decide: "role.decide" },
} as const satisfies Record<OfficerRequestKind, { ask: Right; decide: Right }>;

/** What the decision is called among the officers' actions. */
export const actionOfKind = {
  factor_reset: "decide_reset",
  reopen: "reopen",
  name: "decide_correction",
  identity: "decide_correction",
  role: "grant_role",
} as const satisfies Record<OfficerRequestKind, OfficerAction>;
