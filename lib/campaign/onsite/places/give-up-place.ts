import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { run } from "#db/named.ts";
import { onsitePlace } from "#db/schema/onsite.ts";
import { holdById } from "#lib/account/find-account.ts";
import { record } from "#lib/audit/record.ts";
import { type ReachRefusal, reachAccount } from "#lib/helpdesk/reach-account.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { type HeldSession, holdSession, reachSession } from "../session/reach-session.ts";
import { isToCome, takesSignUps } from "../session/session-times.ts";
import { fillFromWaiting } from "./fill-from-waiting.ts";
import { statesWithMove } from "./place-moves.ts";
import { findPlace } from "./take-place.ts";
import { tellOfPlaces } from "./tell-of-place.ts";

/** no_place: they hold none there, were there already, or gave it up before. */
export type GiveUpRefusal = "signed_out" | "not_found" | "session_over" | "no_place";
/** `movedUp`: how many of the waiting list have a place by it. */
export type GivenUp = { movedUp: number };

/** The person comes not after all; who has waited longest gets the place. */
export function giveUpPlace(ctx: Context, sessionId: string): Promise<Result<GivenUp, GiveUpRefusal>> {
  return ctx.db.transaction(async (tx): Promise<Result<GivenUp, GiveUpRefusal>> => {
    if (ctx.actor.kind !== "account") return refuse("signed_out");
    const { accountId } = ctx.actor;
    const owner = await holdById(tx, accountId);
    if (owner?.status !== "activated") return refuse("signed_out");
    const session = await holdSession(tx, sessionId);
    const found = session && (await findPlace(tx, session.id, accountId));
    if (!session || !found) return refuse("not_found");
    if (!takesSignUps(session, ctx.now())) return refuse("session_over");
    return giveUp(tx, ctx, session, { placeId: found.id, accountId });
  });
}

const ofPlaceStatement = {
  name: "onsite_place_whose",
  text: `select account_id as "accountId", session_id as "sessionId" from onsite_place where id = $1`,
};

/** An officer takes somebody off the list: they called, or left the agency. They are written to. */
export function releasePlace(
  ctx: Context,
  placeId: string,
): Promise<Result<GivenUp & { sessionId: string }, GiveUpRefusal | ReachRefusal>> {
  return ctx.db.transaction(
    async (tx): Promise<Result<GivenUp & { sessionId: string }, GiveUpRefusal | ReachRefusal>> => {
      const [of] = isUuid(placeId)
        ? await run<{ accountId: string; sessionId: string }>(tx, ofPlaceStatement, [placeId])
        : [];
      const reached = await reachAccount(tx, ctx, "onsite.manage", of?.accountId ?? "");
      if (!reached.ok || !of) return reached.ok ? refuse("not_found") : reached;
      const at = await reachSession(tx, ctx, "onsite.manage", of.sessionId, "some");
      if (!at.ok) return at;
      const { session } = at.value;
      if (!isToCome(session, ctx.now())) return refuse("session_over");
      const given = await giveUp(tx, ctx, session, { placeId, accountId: of.accountId });
      if (!given.ok) return given;
      await tellOfPlaces(tx, ctx, "released", [{ placeId, accountId: of.accountId }]);
      return ok({ ...given.value, sessionId: of.sessionId });
    },
  );
}

async function giveUp(
  tx: Tx,
  ctx: Context,
  session: HeldSession,
  { placeId, accountId }: { placeId: string; accountId: string },
): Promise<Result<GivenUp, "no_place">> {
  const given = await tx
    .update(onsitePlace)
    .set({ state: "given_up", since: ctx.now() })
    .where(and(eq(onsitePlace.id, placeId), inArray(onsitePlace.state, statesWithMove("give_up"))))
    .returning({ id: onsitePlace.id });
  if (given.length === 0) return refuse("no_place");
  const about = { sessionId: session.id, placeId, place: session.place };
  await record(tx, ctx, { type: "onsite_place.given_up", accountId, ...about });
  return ok({ movedUp: await fillFromWaiting(tx, ctx, session) });
}
