import { eq } from "drizzle-orm";
import { announcement } from "#db/schema/administration.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { isUuid, uuidv7 } from "#lib/kernel/uuid.ts";
import { type AdministerRefusal, administer } from "#lib/office/roles/administer.ts";
import { holdLists } from "../settings/change-settings.ts";
import { recordChanges } from "../settings/record-changes.ts";
import { differences } from "../settings/settings.ts";
import { stateOf } from "./announcement.ts";
import type { AnnouncementWanted } from "./parse-announcement.ts";

type Row = typeof announcement.$inferSelect;

/** not_found: no such announcement. announcement_over: nobody sees it any more; a new one is made instead. */
export type ChangeAnnouncementRefusal = AdministerRefusal | "changed_meanwhile" | "announcement_over";

/** A new announcement: on every page from its time on. */
export async function publishAnnouncement(
  ctx: Context,
  wanted: AnnouncementWanted,
): Promise<Result<{ announcementId: string }, ChangeAnnouncementRefusal>> {
  return ctx.db.transaction(async (tx) => {
    const may = await administer(tx, ctx);
    if (!may.ok) return may;
    await holdLists(tx, ctx);
    const announcementId = uuidv7(ctx.now(), ctx.random);
    await tx
      .insert(announcement)
      .values({ id: announcementId, ...wanted, version: 1, changedAt: ctx.now(), changedBy: may.value.accountId });
    await record(tx, ctx, {
      type: "setting.changed",
      accountId: null,
      setting: "announcement.published",
      subject: announcementId,
      before: null,
      after: { ...wanted },
    });
    return ok({ announcementId });
  });
}

/** Other words, another level or other times, of one that is on show or still to come. */
export const changeAnnouncement = (
  ctx: Context,
  announcementId: string,
  wanted: AnnouncementWanted,
  version: number,
): Promise<Result<{ changed: boolean }, ChangeAnnouncementRefusal>> => changing(ctx, announcementId, version, wanted);

/** Off every page, now and for good. */
export const takeDownAnnouncement = (
  ctx: Context,
  announcementId: string,
  version: number,
): Promise<Result<{ changed: boolean }, ChangeAnnouncementRefusal>> =>
  changing(ctx, announcementId, version, { endedAt: ctx.now() });

async function changing(
  ctx: Context,
  announcementId: string,
  version: number,
  wanted: Partial<Row>,
): Promise<Result<{ changed: boolean }, ChangeAnnouncementRefusal>> {
  if (!isUuid(announcementId)) return refuse("not_found");
  return ctx.db.transaction(async (tx) => {
    const may = await administer(tx, ctx);
    if (!may.ok) return may;
    await holdLists(tx, ctx);
    const [row] = await tx.select().from(announcement).where(eq(announcement.id, announcementId)).for("update");
    if (!row) return refuse("not_found");
    if (row.version !== version) return refuse("changed_meanwhile");
    if (stateOf(row, ctx.now()) === "over") return refuse("announcement_over");
    const after: Row = { ...row, ...wanted };
    const changed = differences(row, after);
    if (changed.length === 0) return ok({ changed: false });
    await tx
      .update(announcement)
      .set({ ...wanted, version: version + 1, changedAt: ctx.now(), changedBy: may.value.accountId })
      .where(eq(announcement.id, announcementId));
    await recordChanges(tx, ctx, { of: "announcement", subject: announcementId, before: row, after, names: changed });
    return ok({ changed: true });
  });
}
