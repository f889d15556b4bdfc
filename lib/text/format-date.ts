import { dayOf } from "#lib/kernel/calendar-day.ts";
import type { Language } from "#lib/kernel/context.ts";
import { before, days } from "#lib/kernel/time.ts";

const MONTHS: Record<Language, readonly string[]> = {
  ms: [
    "Januari",
    "Februari",
    "Mac",
    "April",
    "Mei",
    "Jun",
    "Julai",
    "Ogos",
    "September",
    "Oktober",
    "November",
    "Disember",
  ],
  en: [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
  ],
};

const parts = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Asia/Kuala_Lumpur",
  hourCycle: "h23",
  year: "numeric",
  month: "numeric",
  day: "numeric",
  hour: "numeric",
  minute: "2-digit",
});

function wallClock(at: Date): { year: number; month: number; day: number; hour: number; minute: number } {
  const read = Object.fromEntries(parts.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0 } = read;
  return { year, month, day, hour, minute };
}

export type DayPart = "morning" | "noon" | "afternoon" | "night";

const partOf = (hour: number): DayPart =>
  hour < 12 ? "morning" : hour < 14 ? "noon" : hour < 19 ? "afternoon" : "night";

const MALAY_PARTS = {
  morning: "pagi",
  noon: "tengah hari",
  afternoon: "petang",
  night: "malam",
} as const satisfies Record<DayPart, string>;

/**
 * The part of the day a Malay greeting names: pagi until 11:59, tengah hari from 12:00, petang from 2:00, malam from
 * 7:00.
 */
export const dayPart = (at: Date): DayPart => partOf(wallClock(at).hour);

const saidAfter = (hour: number, language: Language): string =>
  language === "ms" ? MALAY_PARTS[partOf(hour)] : hour < 12 ? "am" : "pm";

const WEEKDAYS: Record<Language, Intl.DateTimeFormat> = {
  ms: new Intl.DateTimeFormat("ms", { weekday: "long", timeZone: "Asia/Kuala_Lumpur" }),
  en: new Intl.DateTimeFormat("en", { weekday: "long", timeZone: "Asia/Kuala_Lumpur" }),
};

/** `Jumaat, 20 November 2026`. */
export const formatWeekday = (at: Date, language: Language): string =>
  `${WEEKDAYS[language].format(at)}, ${formatDay(at, language)}`;

/** `20 November 2026`, in the agency's zone (Asia/Kuala_Lumpur). */
export function formatDay(at: Date, language: Language): string {
  const { year, month, day } = wallClock(at);
  return `${day} ${MONTHS[language][month - 1]} ${year}`;
}

/** `2026-11-20 15:15`, in the agency's zone: for columns of files. */
export function timestampOfFile(at: Date): string {
  const { hour, minute } = wallClock(at);
  return `${dayOf(at)} ${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/** `3:15 petang`, `3:15 pm`. */
export function formatTime(at: Date, language: Language): string {
  const { hour, minute } = wallClock(at);
  return `${hour % 12 || 12}:${String(minute).padStart(2, "0")} ${saidAfter(hour, language)}`;
}

/** `20 November 2026, 3:15 petang`; in English `20 November 2026, 3:15 pm`. */
export const formatDate = (at: Date, language: Language): string =>
  `${formatDay(at, language)}, ${formatTime(at, language)}`;

const NEAR: Record<Language, { today: string; yesterday: string }> = {
  ms: { today: "hari ini", yesterday: "semalam" },
  en: { today: "today", yesterday: "yesterday" },
};

/**
 * As it stands within a sentence: `hari ini, 8:04 pagi`, `semalam, 9:12 malam`, and further back `14 November 2026`.
 */
export function formatNear(at: Date, now: Date, language: Language): string {
  const day = formatNearDay(at, now, language);
  return Object.values(NEAR[language]).includes(day) ? `${day}, ${formatTime(at, language)}` : day;
}

/** The day alone: `hari ini`, `semalam`, then `20 November 2026`. */
export function formatNearDay(at: Date, now: Date, language: Language): string {
  const day = formatDay(at, language);
  if (day === formatDay(now, language)) return NEAR[language].today;
  return day === formatDay(before(now, days(1)), language) ? NEAR[language].yesterday : day;
}
