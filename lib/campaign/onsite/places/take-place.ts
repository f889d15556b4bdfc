import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { run } from "#db/named.ts";
import { onsitePlace } from "#db/schema/onsite.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import type { HeldSession } from "../session/reach-session.ts";
import { countTaken } from "./count-taken.ts";
import { nextPlace, type PlaceState } from "./place-moves.ts";
import { tellOfPlaces } from "./tell-of-place.ts";

/** already: they hold a place, wait for one, or were there. has_place: they do in another session of the campaign. */
export type TakeRefusal = "already" | "has_place";
export type Taken = { placeId: string; state: "booked" | "waiting" };

type Found = { id: string; state: PlaceState };

const findStatement = {
  name: "onsite_place_of",
  text: "select id, state from onsite_place where session_id = $1 and account_id = $2",
};
const elsewhereStatement = {
  name: "onsite_place_elsewhere",
  text: `select 1 from onsite_place p join onsite_session s on s.id = p.session_id
    where p.account_id = $1 and s.campaign_id = $2 and s.id <> $3 and s.state = 'open' and s.ends_at > $4
      and p.state in ('booked', 'waiting')`,
};
const waitingStatement = {
  name: "onsite_anybody_waits",
  text: `select 1 from onsite_place w join account a on a.id = w.account_id and a.status not in ('closed', 'suspended')
    where w.session_id = $1 and w.state = 'waiting' limit 1`,
};

export async function findPlace(tx: Tx, sessionId: string, accountId: string): Promise<Found | undefined> {
  const [found] = await run<Found>(tx, findStatement, [sessionId, accountId]);
  return found;
}

/**
 * Gives somebody a place, or where none is left one in the waiting list; and writes to them. The caller holds the account
 * and then the session, so that of many at once no more than its capacity get in.
 */
export async function takePlace(
  tx: Tx,
  ctx: Context,
  session: HeldSession,
  whose: { accountId: string; madeBy: string },
): Promise<Result<Taken, TakeRefusal>> {
  const { accountId, madeBy } = whose;
  const found = await findPlace(tx, session.id, accountId);
  const isFull =
    (await countTaken(tx, session.id)) >= session.capacity ||
    (await run(tx, waitingStatement, [session.id])).length > 0;
  const to = nextPlace(found?.state ?? "none", isFull ? "wait" : "book");
  if (!to.ok) return refuse("already");
  const elsewhere = await run(tx, elsewhereStatement, [accountId, session.campaignId, session.id, ctx.now()]);
  if (elsewhere.length > 0) return refuse("has_place");

  const state = isFull ? "waiting" : "booked";
  const placeId = await putPlace(tx, ctx, session.id, found, { accountId, madeBy, state });
  const { place } = session;
  await record(tx, ctx, { type: `onsite_place.${state}`, accountId, sessionId: session.id, placeId, place });
  await tellOfPlaces(tx, ctx, state, [{ placeId, accountId }]);
  return ok({ placeId, state });
}

type Put = Pick<typeof onsitePlace.$inferInsert, "accountId" | "madeBy" | "state"> &
  Partial<Pick<typeof onsitePlace.$inferInsert, "isWalkIn" | "checkedInAt" | "checkedInBy" | "document">>;

/** Writes somebody's place, the same row however often they came to the session. */
export async function putPlace(
  tx: Tx,
  ctx: Context,
  sessionId: string,
  found: Found | undefined,
  wanted: Put,
): Promise<string> {
  const since = ctx.now();
  if (found) {
    await tx
      .update(onsitePlace)
      .set({ ...wanted, since })
      .where(eq(onsitePlace.id, found.id));
    return found.id;
  }
  const id = uuidv7(since, ctx.random);
  await tx.insert(onsitePlace).values({ id, sessionId, ...wanted, since });
  return id;
}
