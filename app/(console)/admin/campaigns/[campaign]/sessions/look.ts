import type { SessionFigures } from "#lib/campaign/onsite/list-sessions.ts";
import { counterIsOpen, isOver } from "#lib/campaign/onsite/session/session-times.ts";
import type { Language } from "#lib/kernel/context.ts";
import { formatTime, formatWeekday } from "#lib/text/format-date.ts";

/** How a session stands, for people. */
export function lookOf(session: Pick<SessionFigures, "state" | "startsAt" | "endsAt">, now: Date) {
  if (session.state === "cancelled") return "cancelled" as const;
  if (isOver(session, now) || session.state === "closed") return "over" as const;
  return counterIsOpen(session, now) ? ("today" as const) : ("to_come" as const);
}

/** "Khamis, 26 November 2026", "9:00 pagi", "4:30 petang". */
export const timesOf = ({ startsAt, endsAt }: { startsAt: Date; endsAt: Date }, language: Language) => ({
  day: formatWeekday(startsAt, language),
  from: formatTime(startsAt, language),
  until: formatTime(endsAt, language),
});
