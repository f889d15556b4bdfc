import { isDay } from "#lib/kernel/calendar-day.ts";
import { field, paragraphs } from "#lib/kernel/plain-text.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";

/** When reminders go out, and when no letter does. */
export type Schedule = {
  /** So many days before a phase ends, the furthest first. */
  remindDaysBefore: number[];
  /** ISO days of the week, 1 Monday to 7 Sunday. */
  quietWeekdays: number[];
  /** As `2026-12-25`, in their order. */
  quietDays: string[];
};
export type ScheduleField = keyof Schedule;
export const scheduleFields = [
  "remindDaysBefore",
  "quietWeekdays",
  "quietDays",
] as const satisfies readonly ScheduleField[];
export type ScheduleFieldRefusal =
  | "remind_shape"
  | "remind_many"
  | "weekdays_all"
  | "weekdays_unknown"
  | "days_shape"
  | "days_many";
/** `line`: which of the days it is about, as it was typed. */
export type ScheduleErrors = Partial<Record<ScheduleField, { refusal: ScheduleFieldRefusal; line?: string }>>;

/** Somebody reminded more often than this reads no reminder. */
const MOST_REMINDERS = 6;
const FURTHEST_REMINDER_DAYS = 90;
const MOST_QUIET_DAYS = 100;

/** Reads when letters go out: `14, 7, 1`; days of the week; a day a line, as `2026-12-25` or `25/12/2026`. */
export function parseSchedule(form: FormData): { ok: true; value: Schedule } | { ok: false; errors: ScheduleErrors } {
  const errors: ScheduleErrors = {};
  const remind = remindIn(form);
  if (!remind.ok) errors.remindDaysBefore = { refusal: remind.error };
  const weekdays = weekdaysIn(form);
  if (!weekdays.ok) errors.quietWeekdays = { refusal: weekdays.error };
  const quiet = quietIn(form);
  if (!quiet.ok) errors.quietDays = quiet.fault;
  if (!remind.ok || !weekdays.ok || !quiet.ok) return { ok: false, errors };
  return {
    ok: true,
    value: { remindDaysBefore: remind.value, quietWeekdays: weekdays.value, quietDays: quiet.value },
  };
}

function remindIn(form: FormData): Result<number[], "remind_shape" | "remind_many"> {
  const typed = field(form, "remindDaysBefore", { max: 100 });
  if (!typed.ok) return typed.error === "missing" ? ok([]) : refuse("remind_shape");
  const said = typed.value.split(/[\s,;]+/).filter(Boolean);
  const numbers = said.map((one) => (/^\d{1,3}$/.test(one) ? Number(one) : 0));
  if (numbers.some((days) => days < 1 || days > FURTHEST_REMINDER_DAYS)) return refuse("remind_shape");
  const unique = [...new Set(numbers)].sort((one, other) => other - one);
  return unique.length > MOST_REMINDERS ? refuse("remind_many") : ok(unique);
}

function weekdaysIn(form: FormData): Result<number[], "weekdays_all" | "weekdays_unknown"> {
  const said = form.getAll("quietWeekdays").filter((one) => one !== "");
  if (said.some((one) => typeof one !== "string" || !/^[1-7]$/.test(one))) return refuse("weekdays_unknown");
  const unique = [...new Set(said.map(Number))].sort((one, other) => one - other);
  // With no day left no letter would ever go out.
  return unique.length === 7 ? refuse("weekdays_all") : ok(unique);
}

type Quiet =
  | { ok: true; value: string[] }
  | { ok: false; fault: { refusal: "days_shape" | "days_many"; line?: string } };

function quietIn(form: FormData): Quiet {
  const typed = paragraphs(form, "quietDays", { max: 4_000 });
  if (!typed.ok && typed.error !== "missing") return { ok: false, fault: { refusal: "days_shape" } };
  const days: string[] = [];
  for (const line of typed.ok ? typed.value.split(/[\n,;]+/) : []) {
    const said = line.trim();
    if (said === "") continue;
    const day = dayIn(said);
    if (day === null) return { ok: false, fault: { refusal: "days_shape", line: said.slice(0, 40) } };
    days.push(day);
  }
  const unique = [...new Set(days)].sort();
  if (unique.length > MOST_QUIET_DAYS) return { ok: false, fault: { refusal: "days_many" } };
  return { ok: true, value: unique };
}

function dayIn(said: string): string | null {
  const [, day, month, year] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(said) ?? [];
  const iso = day && month && year ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : said;
  return isDay(iso) ? iso : null;
}
