import { desc, eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { onsitePlace as places, onsiteSession as sessions } from "#db/schema/onsite.ts";

/** The sessions in person that somebody was asked to, came to or gave up; the newest first. Which officer saw them is not theirs. */
export const aboutSessionsInPerson = (tx: Tx, accountId: string) =>
  tx
    .select({
      place: sessions.place,
      address: sessions.address,
      startsAt: sessions.startsAt,
      endsAt: sessions.endsAt,
      state: places.state,
      since: places.since,
      invitedAt: places.invitedAt,
      remindedAt: places.remindedAt,
      isWalkIn: places.isWalkIn,
      checkedInAt: places.checkedInAt,
      document: places.document,
    })
    .from(places)
    .innerJoin(sessions, eq(sessions.id, places.sessionId))
    .where(eq(places.accountId, accountId))
    .orderBy(desc(sessions.startsAt), desc(sessions.id));
