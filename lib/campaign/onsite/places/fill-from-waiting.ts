import { sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { recordAll } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { HeldSession } from "../session/reach-session.ts";
import { takesSignUps } from "../session/session-times.ts";
import { countTaken } from "./count-taken.ts";
import { tellOfPlaces } from "./tell-of-place.ts";

/**
 * Gives what is free to those who have waited longest, in their order, and writes to them; whoever was suspended or has
 * left the agency goes on waiting. Once the session has begun
 * nobody is moved up from afar: what is free then is for whoever stands at the counter. The caller holds the session.
 */
export async function fillFromWaiting(tx: Tx, ctx: Context, session: HeldSession): Promise<number> {
  const now = ctx.now();
  if (!takesSignUps(session, now)) return 0;
  const free = session.capacity - (await countTaken(tx, session.id));
  if (free <= 0) return 0;
  const { rows: moved } = await tx.execute<{ placeId: string; accountId: string }>(sql`
    update onsite_place p set state = 'booked', since = ${now}::timestamptz
    where p.id in (
      select w.id from onsite_place w join account a on a.id = w.account_id and a.status not in ('closed', 'suspended')
      where w.session_id = ${session.id} and w.state = 'waiting' order by w.since, w.id limit ${free})
    returning p.id as "placeId", p.account_id as "accountId"`);
  const about = { sessionId: session.id, place: session.place };
  await recordAll(
    tx,
    ctx,
    moved.map((one) => ({ type: "onsite_place.moved_up", ...one, ...about }) as const),
  );
  await tellOfPlaces(tx, ctx, "moved_up", moved);
  return moved.length;
}
