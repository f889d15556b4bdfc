import type { OnsiteDocument } from "#lib/audit/events/onsite.ts";
import { record } from "#lib/audit/record.ts";
import { type ReachRefusal, reachAccount } from "#lib/helpdesk/reach-account.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { countTaken } from "../places/count-taken.ts";
import { nextPlace } from "../places/place-moves.ts";
import { findPlace, putPlace } from "../places/take-place.ts";
import { reachSession } from "../session/reach-session.ts";
import { counterIsOpen } from "../session/session-times.ts";

export const onsiteDocuments = [
  "mykad",
  "passport",
  "police_report",
  "service_card",
] as const satisfies readonly OnsiteDocument[];
export const isOnsiteDocument = (value: unknown): value is OnsiteDocument =>
  onsiteDocuments.some((known) => known === value);

/**
 * counter_closed: it is not the day of the session, or it was cancelled. already_in: they were checked in before.
 * not_on_list: they hold no place; the officer may let them in as a walk-in. session_full: and no room is left for that.
 * not_possible: the account is closed or suspended.
 */
export type CheckInRefusal =
  | ReachRefusal
  | "counter_closed"
  | "already_in"
  | "not_on_list"
  | "session_full"
  | "not_possible";

/**
 * Somebody stands at the counter, and an officer has compared them with their document. `walkIn`: they hold no place (asked
 * to come, in the waiting list, or unknown to it), and are let in as long as there is room. The document's number is not
 * kept, only which kind it was.
 */
export function checkIn(
  ctx: Context,
  sessionId: string,
  accountId: string,
  { document, walkIn }: { document: OnsiteDocument; walkIn: boolean },
): Promise<Result<{ placeId: string }, CheckInRefusal>> {
  return ctx.db.transaction(async (tx): Promise<Result<{ placeId: string }, CheckInRefusal>> => {
    const reached = await reachAccount(tx, ctx, "onsite.check_in", accountId);
    if (!reached.ok) return reached;
    const { account, officer } = reached.value;
    const at = await reachSession(tx, ctx, "onsite.check_in", sessionId, "some");
    if (!at.ok) return at;
    const { session } = at.value;
    const now = ctx.now();
    if (!counterIsOpen(session, now)) return refuse("counter_closed");
    const found = await findPlace(tx, session.id, account.id);
    const to = nextPlace(found?.state ?? "none", "check_in");
    if (!to.ok) return refuse("already_in");
    if (account.status === "closed" || account.status === "suspended") return refuse("not_possible");
    if (found?.state !== "booked") {
      if (!walkIn) return refuse("not_on_list");
      if ((await countTaken(tx, session.id)) >= session.capacity) return refuse("session_full");
    }
    const placeId = await putPlace(tx, ctx, session.id, found, {
      accountId: account.id,
      madeBy: officer.accountId,
      state: to.value,
      isWalkIn: found?.state !== "booked",
      checkedInAt: now,
      checkedInBy: officer.accountId,
      document,
    });
    const { place } = session;
    await record(tx, ctx, {
      type: "onsite_place.attended",
      accountId: account.id,
      sessionId: session.id,
      placeId,
      place,
      document,
    });
    return ok({ placeId });
  });
}
