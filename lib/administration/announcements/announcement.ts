import { announcementLevels } from "#db/schema/administration.ts";

export { announcementLevels };

export type AnnouncementLevel = (typeof announcementLevels)[number];

/** Shown from a moment until before another; null until it is taken down. */
export type Announcement = {
  id: string;
  textMs: string;
  textEn: string;
  level: AnnouncementLevel;
  fromAt: Date;
  untilAt: Date | null;
};

const gravest: readonly AnnouncementLevel[] = ["danger", "warning", "info"];
/** More than this pushes what a person came for off the screen. */
export const MOST_SHOWN = 3;

/** What pages say at a moment, the gravest first. */
export const shownAt = (announcements: readonly Announcement[], now: Date): Announcement[] =>
  announcements
    .filter(({ fromAt, untilAt }) => fromAt <= now && (untilAt === null || now < untilAt))
    .sort((one, other) => gravest.indexOf(one.level) - gravest.indexOf(other.level))
    .slice(0, MOST_SHOWN);

/** Where one stands in its life. */
export type AnnouncementState = "planned" | "shown" | "over";

export function stateOf(
  { fromAt, untilAt, endedAt }: Pick<Announcement, "fromAt" | "untilAt"> & { endedAt: Date | null },
  now: Date,
): AnnouncementState {
  if (endedAt !== null || (untilAt !== null && untilAt <= now)) return "over";
  return fromAt <= now ? "shown" : "planned";
}
