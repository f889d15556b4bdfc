import { and, eq } from "drizzle-orm";
import { run } from "#db/named.ts";
import { onsitePlace } from "#db/schema/onsite.ts";
import { type HandedOver, handOverInPerson } from "#lib/account/activation/hand-over-in-person.ts";
import type { Account } from "#lib/account/find-account.ts";
import { awaitsActivation, move, next } from "#lib/account/lifecycle.ts";
import { type ChangeRefusal, mayChange } from "#lib/assurance/sensitive.ts";
import type { OnsiteDocument } from "#lib/audit/events/onsite.ts";
import { record } from "#lib/audit/record.ts";
import { type ReachRefusal, reachAccount } from "#lib/helpdesk/reach-account.ts";
import { dayOf } from "#lib/kernel/calendar-day.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { tellOfPlaces } from "../places/tell-of-place.ts";
import { reachSession } from "../session/reach-session.ts";
import { counterIsOpen } from "../session/session-times.ts";

/**
 * not_checked_in: nobody has seen them at this session today. has_activated: they have activated before, so two officers
 * decide. has_factors: something opens the account already, likewise. not_open_yet: the agency opens it later.
 * not_possible: suspended or closed.
 */
export type PresenceRefusal =
  | ChangeRefusal
  | ReachRefusal
  | "counter_closed"
  | "not_checked_in"
  | "has_activated"
  | "has_factors"
  | "not_open_yet"
  | "not_possible";

const anyFactor = {
  name: "account_has_any_factor",
  text: `select 1 where exists (select from password_credential where account_id = $1)
    or exists (select from passkey where account_id = $1) or exists (select from totp_credential where account_id = $1)
    or exists (select from google_link where account_id = $1) or exists (select from recovery_code_set where account_id = $1)`,
};

/**
 * Why one officer alone may not open an account for somebody, or null: only accounts that were never activated and have
 * nothing that opens them. For the page as for the use case.
 */
export function presenceBarred(
  of: Pick<Account, "status" | "activatedAt" | "opensAt">,
  hasFactors: boolean,
  now: Date,
): "has_activated" | "has_factors" | "not_open_yet" | "not_possible" | null {
  if (of.status === "suspended" || of.status === "closed") return "not_possible";
  if (of.activatedAt !== null || !awaitsActivation(of.status)) return "has_activated";
  if (hasFactors) return "has_factors";
  return of.opensAt && of.opensAt > now ? "not_open_yet" : null;
}

/**
 * One officer alone, having seen the person and their document at a session, stands for the letter that never came: the
 * account's activation is opened for the person's own phone, for 30 minutes and once. The mailbox stays as unverified as it
 * was; it is told of it by a letter without any link. Asked again it hands over a new link, and the former opens nothing any more.
 */
export function verifyPresence(
  ctx: Context,
  sessionId: string,
  accountId: string,
  document: OnsiteDocument,
): Promise<Result<HandedOver, PresenceRefusal>> {
  return ctx.db.transaction(async (tx): Promise<Result<HandedOver, PresenceRefusal>> => {
    const may = await mayChange(tx, ctx, "presence.verify");
    if (!may.ok) return may;
    const reached = await reachAccount(tx, ctx, "presence.verify", accountId);
    if (!reached.ok) return reached;
    const { account, officer } = reached.value;
    const at = await reachSession(tx, ctx, "presence.verify", sessionId, "some");
    if (!at.ok) return at;
    const { session } = at.value;
    if (!counterIsOpen(session, ctx.now())) return refuse("counter_closed");
    const [place] = await tx
      .select({ id: onsitePlace.id, state: onsitePlace.state, checkedInAt: onsitePlace.checkedInAt })
      .from(onsitePlace)
      .where(and(eq(onsitePlace.sessionId, session.id), eq(onsitePlace.accountId, account.id)));
    // A session may have been moved to another day after somebody was there.
    const seenToday = place?.checkedInAt && dayOf(place.checkedInAt) === dayOf(ctx.now());
    if (place?.state !== "attended" || !seenToday) return refuse("not_checked_in");
    const hasFactors = (await run(tx, anyFactor, [account.id])).length > 0;
    const barred = presenceBarred(account, hasFactors, ctx.now());
    if (barred) return refuse(barred);

    // Whoever has proven their mailbox, or was seen before, stays what they are.
    if (next(account, "verify_presence").ok) {
      const moved = await move(tx, account, "verify_presence");
      if (!moved.ok) throw new Error(`The held account ${account.id} could not move: ${moved.error}`);
    }
    const handed = await handOverInPerson(tx, ctx, account, officer.accountId);
    await record(tx, ctx, {
      type: "presence.verified",
      accountId: account.id,
      sessionId: session.id,
      linkId: handed.linkId,
      place: session.place,
      document,
    });
    // Where the letters did come, its owner learns that somebody was taken for them.
    await tellOfPlaces(tx, ctx, "opened", [{ placeId: place.id, accountId: account.id }]);
    return ok(handed);
  });
}
