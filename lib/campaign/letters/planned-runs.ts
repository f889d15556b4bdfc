import { type Named, run } from "#db/named.ts";
import { dayOf, daysLater } from "#lib/kernel/calendar-day.ts";
import type { Context } from "#lib/kernel/context.ts";
import { isOpen } from "../definition/campaign-state.ts";
import type { Schedule } from "./due-runs.ts";
import { isQuiet, openDay } from "./quiet-days.ts";

/** `day`: on which it begins, or null with the announcing. `daysBefore`: of reminders, the phase's end. */
export type PlannedRun = {
  phase: number;
  kind: "invitation" | "reminder";
  day: string | null;
  daysBefore: number | null;
};

type Row = Schedule & { phase: number; fromDay: string; untilDay: string; occasions: string[] };

const statement: Named = {
  name: "campaign_schedule",
  text: `select c.state, c.remind_days_before as "remindDaysBefore", c.quiet_weekdays as "quietWeekdays",
      c.quiet_days::text[] as "quietDays", f.number as phase, f.from_day::text as "fromDay", f.until_day::text as "untilDay",
      array(select r.occasion from campaign_run r where r.phase_id = f.id and r.started_by is null) as occasions
    from campaign c join campaign_phase f on f.campaign_id = c.id where c.id = $1 order by f.number`,
};

/** What the schedule will still send, by its day: as `dueRuns` will find it, where nothing is changed until then. */
export async function plannedRuns(ctx: Pick<Context, "db" | "now">, campaignId: string): Promise<PlannedRun[]> {
  const rows = await run<Row>(ctx.db, statement, [campaignId]);
  const today = dayOf(ctx.now());
  const planned = rows.flatMap((row, n) => {
    if (row.state === "closed" || row.untilDay < today) return [];
    const hasBegun = row.fromDay <= today;
    const invitation =
      n === 0 ? (isOpen(row.state) ? openDay(row, today) : null) : openDay(row, hasBegun ? today : row.fromDay);
    const reminders = row.remindDaysBefore.flatMap((daysBefore): PlannedRun[] => {
      const day = openDay(row, daysLater(row.untilDay, -daysBefore));
      const comes =
        day !== null && day >= today && day <= row.untilDay && !row.occasions.includes(`before-${daysBefore}`);
      return comes ? [{ phase: row.phase, kind: "reminder", day, daysBefore }] : [];
    });
    const begin: PlannedRun = { phase: row.phase, kind: "invitation", day: invitation, daysBefore: null };
    return row.occasions.includes("begin") ? reminders : [begin, ...reminders];
  });
  return planned.toSorted((a, b) => (a.day ?? "").localeCompare(b.day ?? ""));
}

/** Whether a campaign sends nothing today. */
export async function restsToday(ctx: Pick<Context, "db" | "now">, campaignId: string): Promise<boolean> {
  const [schedule] = await run<Row>(ctx.db, statement, [campaignId]);
  return schedule !== undefined && isQuiet(schedule, dayOf(ctx.now()));
}
