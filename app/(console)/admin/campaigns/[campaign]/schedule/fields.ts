import type { ScheduleField } from "#lib/campaign/definition/parse/parse-schedule.ts";

export type { ScheduleField };
/** In the order of the page. */
export const scheduleFields = [
  "remindDaysBefore",
  "quietWeekdays",
  "quietDays",
] as const satisfies readonly ScheduleField[];
