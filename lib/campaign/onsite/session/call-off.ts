import { and, eq, gt, inArray } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { onsitePlace, onsiteSession } from "#db/schema/onsite.ts";
import { record, recordAll } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { tellOfPlaces } from "../places/tell-of-place.ts";
import type { OnsiteSession } from "./session-times.ts";

/** A session that is held does not take place: nobody holds a place in it any more, and who was to come is written to. */
export async function callOff(
  tx: Tx,
  ctx: Context,
  { id: sessionId, version, place }: Pick<OnsiteSession, "id" | "version" | "place">,
): Promise<{ told: number }> {
  const now = ctx.now();
  await tx
    .update(onsiteSession)
    .set({ state: "cancelled", version: version + 1 })
    .where(eq(onsiteSession.id, sessionId));
  const lost = await tx
    .update(onsitePlace)
    .set({ state: "given_up", since: now })
    .where(and(eq(onsitePlace.sessionId, sessionId), inArray(onsitePlace.state, ["invited", "booked", "waiting"])))
    .returning({ placeId: onsitePlace.id, accountId: onsitePlace.accountId });
  await record(tx, ctx, { type: "onsite_session.cancelled", accountId: null, sessionId, place });
  await recordAll(
    tx,
    ctx,
    lost.map((one) => ({ type: "onsite_place.given_up", ...one, sessionId, place }) as const),
  );
  return { told: await tellOfPlaces(tx, ctx, "cancelled", lost) };
}

/**
 * Of a campaign that is closed nobody is helped any more: its sessions to come are called off, and the counters of those
 * that are over shut. The caller holds the campaign, so that none is planned meanwhile.
 */
export async function callOffAll(tx: Tx, ctx: Context, campaignId: string): Promise<void> {
  const ofIt = and(eq(onsiteSession.campaignId, campaignId), eq(onsiteSession.state, "open"));
  const toCome = await tx
    .select()
    .from(onsiteSession)
    .where(and(ofIt, gt(onsiteSession.endsAt, ctx.now())))
    .orderBy(onsiteSession.id)
    .for("no key update");
  for (const session of toCome) await callOff(tx, ctx, session);
  await tx.update(onsiteSession).set({ state: "closed" }).where(ofIt);
}
