import type { Tx } from "#db/client.ts";
import { onsitePlace, onsiteSession, onsiteSessionOffice } from "#db/schema/onsite.ts";
import { beginningOf, dayOf } from "#lib/kernel/calendar-day.ts";
import type { Context } from "#lib/kernel/context.ts";
import { after, days, hours } from "#lib/kernel/time.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";

type Wanted = {
  campaignId: string;
  officeIds: readonly string[];
  /** The officer who made it. */
  byId: string;
  /** Who was asked to come and has not answered, and who has a place. */
  invited: readonly string[];
  booked: readonly string[];
};

/** A session in person of the demonstration's campaign, in six days from nine to four. */
export async function seedOnsite(tx: Tx, ctx: Context, wanted: Wanted): Promise<{ sessionId: string }> {
  const now = ctx.now();
  const sessionId = uuidv7(now, ctx.random);
  const day = beginningOf(dayOf(after(now, days(6))));
  await tx.insert(onsiteSession).values({
    id: sessionId,
    campaignId: wanted.campaignId,
    place: "Bilik Latihan, Cawangan Utara",
    address: "Aras 2, Blok Teladan\n00000 Bandar Contoh",
    startsAt: after(day, hours(9)),
    endsAt: after(day, hours(16)),
    capacity: 20,
    noteMs: "Letak kereta di aras bawah. Lif di sebelah kiri pintu masuk.",
    noteEn: "Park on the lower floor. The lift is to the left of the entrance.",
    state: "open",
    createdAt: now,
    createdBy: wanted.byId,
  });
  await tx.insert(onsiteSessionOffice).values(wanted.officeIds.map((officeId) => ({ sessionId, officeId })));
  const places = [
    ...wanted.invited.map((accountId) => ({
      accountId,
      state: "invited" as const,
      madeBy: wanted.byId,
      invitedAt: now,
    })),
    ...wanted.booked.map((accountId) => ({ accountId, state: "booked" as const, madeBy: accountId, invitedAt: null })),
  ].map((place) => ({ id: uuidv7(now, ctx.random), sessionId, since: now, ...place }));
  if (places.length > 0) await tx.insert(onsitePlace).values(places);
  return { sessionId };
}
