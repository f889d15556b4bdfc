import { after, hours } from "#lib/kernel/time.ts";

/** The day it is where the agency is (UTC+8): `2026-11-20`. */
export const todayOf = (now: Date): string => after(now, hours(8)).toISOString().slice(0, 10);
