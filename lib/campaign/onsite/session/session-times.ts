import type { onsiteSession } from "#db/schema/onsite.ts";
import { beginningOf, dayOf, endOf } from "#lib/kernel/calendar-day.ts";
import { days } from "#lib/kernel/time.ts";

export type OnsiteSession = typeof onsiteSession.$inferSelect;
type Timed = Pick<OnsiteSession, "state" | "startsAt" | "endsAt">;

/** So long before it begins people are reminded of it. */
export const REMINDED_AHEAD = days(1);

/** It can still be changed, invited to and cancelled: it is not over, and goes ahead. */
export const isToCome = ({ state, endsAt }: Timed, now: Date): boolean => state === "open" && now < endsAt;

/** People may still come to a place in it, or give theirs up, by themselves. */
export const takesSignUps = ({ state, startsAt }: Timed, now: Date): boolean => state === "open" && now < startsAt;

/** The counter is open the whole day: people come early, and the last are helped after the end. */
export const counterIsOpen = ({ state, startsAt, endsAt }: Timed, now: Date): boolean =>
  state === "open" && beginningOf(dayOf(startsAt)) <= now && now < endOf(dayOf(endsAt));

/** Its day is past: nobody comes any more. */
export const isOver = ({ endsAt }: Pick<OnsiteSession, "endsAt">, now: Date): boolean => endOf(dayOf(endsAt)) <= now;
