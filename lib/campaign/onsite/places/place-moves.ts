import type { onsitePlace } from "#db/schema/onsite.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";

export type PlaceState = (typeof onsitePlace.$inferSelect)["state"];
/** none: no row yet. */
export type PlaceStanding = PlaceState | "none";

/** wait: sign up where nothing is left. move_up: from the waiting list. check_in: at the counter. */
export type PlaceMove = "invite" | "book" | "wait" | "move_up" | "give_up" | "check_in";

/** Every legal move of somebody's place in a session. What is not on this table cannot happen; attended is the end. */
export const placeMoves = {
  none: { invite: "invited", book: "booked", wait: "waiting", check_in: "attended" },
  invited: { book: "booked", wait: "waiting", give_up: "given_up", check_in: "attended" },
  booked: { give_up: "given_up", check_in: "attended" },
  waiting: { move_up: "booked", give_up: "given_up", check_in: "attended" },
  given_up: { invite: "invited", book: "booked", wait: "waiting", check_in: "attended" },
  attended: {},
} as const satisfies Record<PlaceStanding, Partial<Record<PlaceMove, PlaceState>>>;

/** Where a move leads. Refuses `illegal_move` for what is not on the table. */
export function nextPlace(from: PlaceStanding, move: PlaceMove): Result<PlaceState, "illegal_move"> {
  const moves: Partial<Record<PlaceMove, PlaceState>> = placeMoves[from];
  const to = moves[move];
  return to === undefined ? refuse("illegal_move") : ok(to);
}

/** The states a move may start from, of rows that there are. */
export const statesWithMove = (move: PlaceMove): PlaceState[] =>
  (Object.keys(placeMoves) as PlaceStanding[]).filter(
    (state): state is PlaceState => state !== "none" && move in placeMoves[state],
  );
