import { agencyTime } from "#lib/administration/announcements/agency-time.ts";
import type { AnnouncementRow } from "#lib/administration/announcements/list-announcements.ts";
import type { AnnouncementField } from "./fields.ts";

/** An announcement as its form holds it. */
export const formOfAnnouncement = ({
  textMs,
  textEn,
  level,
  fromAt,
  untilAt,
}: AnnouncementRow): Record<AnnouncementField, string> => ({
  textMs,
  textEn,
  level,
  fromAt: agencyTime(fromAt),
  untilAt: untilAt === null ? "" : agencyTime(untilAt),
});
