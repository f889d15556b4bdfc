import { ZONE_AHEAD } from "#lib/kernel/calendar-day.ts";
import { after, before } from "#lib/kernel/time.ts";

// What <input type="datetime-local"> sends, and what somebody types where a browser knows no such field.
const TYPED = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{1,2}):(\d{2})(?::\d{2}(?:\.\d{1,3})?)?$/;

/** `2026-11-20T15:15` on the agency's clock, as a moment; null for a time that there is not. */
export function parseAgencyTime(typed: string): Date | null {
  const [, year, month, day, hour, minute] = (TYPED.exec(typed.trim()) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined || hour === undefined || minute === undefined)
    return null;
  if (hour > 23 || minute > 59 || year < 2000) return null;
  const there = new Date(Date.UTC(year, month - 1, day, hour, minute));
  const isReal = there.getUTCMonth() === month - 1 && there.getUTCDate() === day;
  return isReal ? before(there, ZONE_AHEAD) : null;
}

/** A moment as that field wants it: `2026-11-20T15:15` on the agency's clock. */
export const agencyTime = (at: Date): string => after(at, ZONE_AHEAD).toISOString().slice(0, 16);
