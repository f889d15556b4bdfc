import { randomUUID } from "node:crypto";
import { campaignPerson } from "#db/schema/campaign.ts";
import { onsitePlace, onsiteSession, onsiteSessionOffice } from "#db/schema/onsite.ts";
import type { PlaceState } from "#lib/campaign/onsite/places/place-moves.ts";
import type { Context } from "#lib/kernel/context.ts";
import { after, days, hours } from "#lib/kernel/time.ts";

export type SessionWanted = Partial<typeof onsiteSession.$inferInsert> & { officeIds: readonly string[] };

/** A session in person, in six days and for four hours where nothing else is said, with room for two. */
export async function addOnsiteSession(
  ctx: Pick<Context, "db" | "now">,
  by: { id: string },
  { officeIds, ...wanted }: SessionWanted & { campaignId: string },
): Promise<typeof onsiteSession.$inferSelect> {
  const startsAt = wanted.startsAt ?? after(ctx.now(), days(6));
  const [added] = await ctx.db
    .insert(onsiteSession)
    .values({
      id: randomUUID(),
      place: "Bilik Latihan",
      address: "Aras 2, Blok Teladan",
      startsAt,
      endsAt: after(startsAt, hours(4)),
      capacity: 2,
      state: "open",
      createdAt: ctx.now(),
      createdBy: by.id,
      ...wanted,
    })
    .returning();
  if (!added) throw new Error("The session was not added");
  await ctx.db.insert(onsiteSessionOffice).values(officeIds.map((officeId) => ({ sessionId: added.id, officeId })));
  return added;
}

/** Somebody whom a campaign is for, as they were when it was last looked. */
export const addCampaignPerson = (
  ctx: Pick<Context, "db" | "now">,
  whose: { id: string },
  wanted: Pick<typeof campaignPerson.$inferInsert, "campaignId" | "officeId"> &
    Partial<typeof campaignPerson.$inferInsert>,
) =>
  ctx.db.insert(campaignPerson).values({
    accountId: whose.id,
    state: "not_begun",
    missing: ["second_factor"],
    heldUpBy: "second_factor",
    enteredAt: ctx.now(),
    checkedAt: ctx.now(),
    ...wanted,
  });

/** Somebody's place in a session, as it came about a while ago. */
export async function addOnsitePlace(
  ctx: Pick<Context, "db" | "now">,
  whose: { id: string },
  sessionId: string,
  state: PlaceState,
  wanted: Partial<typeof onsitePlace.$inferInsert> = {},
): Promise<string> {
  const id = randomUUID();
  await ctx.db
    .insert(onsitePlace)
    .values({ id, sessionId, accountId: whose.id, state, since: ctx.now(), madeBy: whose.id, ...wanted });
  return id;
}
