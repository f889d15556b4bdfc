import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { onsitePlace, onsiteSession, onsiteSessionOffice } from "#db/schema/onsite.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { countTaken } from "../places/count-taken.ts";
import { fillFromWaiting } from "../places/fill-from-waiting.ts";
import { tellEverybody } from "../places/tell-of-place.ts";
import { areOffered, putOffices } from "./create-session.ts";
import type { SessionWanted } from "./parse-session.ts";
import { type HeldSession, reachSession, type SessionRefusal } from "./reach-session.ts";
import { isToCome } from "./session-times.ts";

/**
 * session_over: it is past, or was cancelled. capacity_below_booked: so many hold a place in it already.
 * changed_meanwhile: another officer was faster.
 */
export type ChangeSessionRefusal =
  | SessionRefusal
  | "changed_meanwhile"
  | "session_over"
  | "capacity_below_booked"
  | "offices_unknown";

const told = ["place", "address", "startsAt", "endsAt"] as const;
const kept = [...told, "capacity", "noteMs", "noteEn", "officeIds"] as const;
type Facts = Pick<SessionWanted, (typeof kept)[number]>;

/**
 * Another time, place, capacity, note or other offices of a session to come. Whoever holds a place or waits for one is
 * written to where time or place are others; more room is given to those who waited longest. Nobody loses a place.
 */
export function changeSession(
  ctx: Context,
  sessionId: string,
  wanted: SessionWanted,
  version: number,
): Promise<Result<{ changed: boolean }, ChangeSessionRefusal>> {
  return ctx.db.transaction(async (tx) => {
    const reached = await reachSession(tx, ctx, "onsite.manage", sessionId, "all");
    if (!reached.ok) return reached;
    const { session, officer } = reached.value;
    if (!isToCome(session, ctx.now())) return refuse("session_over");
    if (session.version !== version) return refuse("changed_meanwhile");
    const differs = kept.filter((name) => said(session, name) !== said(wanted, name));
    if (differs.length === 0) return ok({ changed: false });
    // An office that was retired since stays.
    if (differs.includes("officeIds")) {
      const added = wanted.officeIds.filter((id) => !session.officeIds.includes(id));
      if (added.length > 0 && !(await areOffered(tx, officer, added))) return refuse("offices_unknown");
    }
    if (wanted.capacity < (await countTaken(tx, sessionId))) return refuse("capacity_below_booked");

    await write(tx, session, wanted);
    const changed: HeldSession = { ...session, ...wanted, version: version + 1 };
    await record(tx, ctx, {
      type: "onsite_session.changed",
      accountId: null,
      sessionId,
      place: wanted.place,
      before: Object.fromEntries(differs.map((name) => [name, session[name]])),
      after: Object.fromEntries(differs.map((name) => [name, wanted[name]])),
    });
    if (told.some((name) => differs.includes(name)))
      await tellEverybody(tx, ctx, changed, "changed", ["invited", "booked", "waiting"]);
    await fillFromWaiting(tx, ctx, changed);
    return ok({ changed: true });
  });
}

const said = (of: HeldSession | SessionWanted, name: keyof Facts): string =>
  JSON.stringify(name === "officeIds" ? of.officeIds.toSorted() : of[name]);

async function write(tx: Tx, session: HeldSession, { officeIds, ...wanted }: SessionWanted): Promise<void> {
  await tx
    .update(onsiteSession)
    .set({ ...wanted, version: session.version + 1 })
    .where(eq(onsiteSession.id, session.id));
  await tx.delete(onsiteSessionOffice).where(eq(onsiteSessionOffice.sessionId, session.id));
  await putOffices(tx, session.id, officeIds);
  // On another day there is another day before it.
  if (session.startsAt.getTime() !== wanted.startsAt.getTime())
    await tx.update(onsitePlace).set({ remindedAt: null }).where(eq(onsitePlace.sessionId, session.id));
}
