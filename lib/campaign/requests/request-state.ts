import type { moveRequest } from "#db/schema/move-request.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";

export type MoveRequest = typeof moveRequest.$inferSelect;
export type MoveRequestState = MoveRequest["state"];
export type MoveRequestKind = MoveRequest["kind"];
export type MoveRequestEvent = "confirm" | "refuse" | "withdraw" | "overtake";

/** enrolment: somebody moves. role_grant, role_end: a role of a system is given to them, or taken, in the course of it. */
export const moveRequestKinds = ["enrolment", "role_grant", "role_end"] as const satisfies readonly MoveRequestKind[];

/** Every move of a request. One that is not on this table cannot happen. */
export const moveRequestMoves = {
  open: { confirm: "confirmed", refuse: "refused", withdraw: "withdrawn", overtake: "moot" },
  confirmed: {},
  refused: {},
  withdrawn: {},
  moot: {},
} as const satisfies Record<MoveRequestState, Partial<Record<MoveRequestEvent, MoveRequestState>>>;

/** Where a move leads from a state. Refuses `move_decided` for what is not on the table. */
export function nextState(from: MoveRequestState, event: MoveRequestEvent): Result<MoveRequestState, "move_decided"> {
  const moves: Partial<Record<MoveRequestEvent, MoveRequestState>> = moveRequestMoves[from];
  const to = moves[event];
  return to === undefined ? refuse("move_decided") : ok(to);
}

/** As many as are prepared, read or decided together. */
export const TOGETHER = 50;
