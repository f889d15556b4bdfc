import type { Context } from "#lib/kernel/context.ts";
import { startDueCampaigns } from "../definition/start-due-campaigns.ts";
import { followTrail } from "./follow-trail.ts";
import { lookAtEverybody } from "./look-at-everybody.ts";
import { noteDay } from "./note-day.ts";
import { tellWaiting } from "./tell-ready.ts";

export type Kept = { begun: number; changed: number; told: number };

/**
 * What is done each minute: campaigns whose first day has come begin, people to whom something happened are looked at, and
 * of many who moved together the next are told, at the mail provider's pace. Answers null where nothing came of it.
 */
export async function keepPeople(ctx: Context, pace: number): Promise<Kept | null> {
  const begun = await startDueCampaigns(ctx);
  const { changed } = (await followTrail(ctx)) ?? { changed: 0 };
  if (changed > 0) await noteDay(ctx);
  const told = await tellWaiting(ctx, pace);
  return begun + changed + told > 0 ? { begun, changed, told } : null;
}

/** What is done each hour, and shortly before midnight: everybody is looked at, and the day is written down. */
export async function keepEverybody(ctx: Context): Promise<{ looked: number; changed: number } | null> {
  const found = await lookAtEverybody(ctx);
  await noteDay(ctx);
  return found.looked > 0 ? found : null;
}
