import { after, days } from "#lib/kernel/time.ts";

/** The earliest that anybody proposed now is suspended by the clock: their office has a day to keep them. */
export const earliestSuspension = (now: Date): Date => after(now, days(1));
