import { desc, eq } from "drizzle-orm";
import { announcement } from "#db/schema/administration.ts";
import type { Context } from "#lib/kernel/context.ts";
import { isUuid } from "#lib/kernel/uuid.ts";

export type AnnouncementRow = typeof announcement.$inferSelect;

const MOST_LISTED = 100;

/** The latest of them, those that are over too, by when they began. */
export const listAnnouncements = (ctx: Pick<Context, "db">): Promise<AnnouncementRow[]> =>
  ctx.db.select().from(announcement).orderBy(desc(announcement.fromAt), desc(announcement.id)).limit(MOST_LISTED);

/** One of them as it stands; nothing for what is no id or nobody's. */
export async function readAnnouncement(ctx: Pick<Context, "db">, id: string): Promise<AnnouncementRow | null> {
  if (!isUuid(id)) return null;
  const [found] = await ctx.db.select().from(announcement).where(eq(announcement.id, id));
  return found ?? null;
}
