import type { AnnouncementWanted } from "#lib/administration/announcements/parse-announcement.ts";

export type AnnouncementField = keyof AnnouncementWanted;
/** In the order of the page. */
export const announcementFields = [
  "textMs",
  "textEn",
  "level",
  "fromAt",
  "untilAt",
] as const satisfies readonly AnnouncementField[];
