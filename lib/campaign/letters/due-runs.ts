import type { CampaignLetterKind, campaign } from "#db/schema/campaign.ts";
import type { campaignRun } from "#db/schema/campaign-run.ts";
import { dayOf, daysLater, ZONE_AHEAD } from "#lib/kernel/calendar-day.ts";
import { after } from "#lib/kernel/time.ts";
import { isOpen } from "../definition/campaign-state.ts";
import { isQuiet, openDay, type QuietDays } from "./quiet-days.ts";

/** What the schedule looks at: of the campaign, of one of its phases, and of the runs that phase has had. */
export type Schedule = QuietDays & Pick<typeof campaign.$inferSelect, "state" | "remindDaysBefore">;
export type PhaseDays = { fromDay: string; untilDay: string; isFirst: boolean };
export type PastRun = Pick<typeof campaignRun.$inferSelect, "kind" | "occasion" | "state" | "startedAt">;
/** `newcomersOnly`: begun only where somebody has not been invited yet. */
export type Due = { kind: CampaignLetterKind; occasion: string; newcomersOnly?: true };

/** By the schedule letters begin at eight, when people begin to work; what an officer does goes out at once. */
const MORNING_HOUR = 8;

/**
 * The runs of a phase that are to begin now: its invitation (of the first phase with the announcing, of another on its first
 * day), one to whoever came later, and the reminder of so many days before its end. Nothing on a quiet day: what falls on
 * one begins on the next day that is open, and never after the phase's last. A reminder that a stopped portal missed is made
 * up for on one open day; where two fall together the later one speaks for both.
 */
export function dueRuns(schedule: Schedule, phase: PhaseDays, past: readonly PastRun[], now: Date): Due[] {
  const today = dayOf(now);
  if (!isOpen(schedule.state) || today > phase.untilDay || isQuiet(schedule, today)) return [];
  const isMorning = after(now, ZONE_AHEAD).getUTCHours() >= MORNING_HOUR;
  const invitations = past.filter(({ kind }) => kind === "invitation");
  const begin = invitations.find(({ occasion }) => occasion === "begin");
  if (!begin) {
    const isDue = phase.isFirst || (phase.fromDay <= today && isMorning);
    return isDue ? [{ kind: "invitation", occasion: "begin" }] : [];
  }
  if (!isMorning) return [];
  const due: Due[] = [];
  // An officer who stopped the invitation did not mean it to go on under another name.
  if (invitations.every(({ state, startedAt }) => state === "done" && dayOf(startedAt) < today))
    due.push({ kind: "invitation", occasion: `newcomers-${today}`, newcomersOnly: true });
  const daysBefore = reminderOf(schedule, phase, today);
  const isAfterInvitation = (n: number) => daysLater(phase.untilDay, -n) > dayOf(begin.startedAt);
  if (daysBefore !== null && isAfterInvitation(daysBefore)) {
    const occasion = `before-${daysBefore}`;
    if (!past.some((run) => run.kind === "reminder" && run.occasion === occasion))
      due.push({ kind: "reminder", occasion });
  }
  return due;
}

/** How many days before its end a phase's reminder of today was to go out, or null. */
function reminderOf(schedule: Schedule, phase: PhaseDays, today: string): number | null {
  for (const n of schedule.remindDaysBefore.toSorted((a, b) => a - b)) {
    const day = openDay(schedule, daysLater(phase.untilDay, -n));
    if (day === null || day > phase.untilDay || day > today) continue;
    const madeUpFor = openDay(schedule, daysLater(day, 1));
    return today === day || today === madeUpFor ? n : null;
  }
  return null;
}
