import type { Language } from "#lib/kernel/context.ts";

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

/** The part of the day as it is said: pagi until 11:59, tengah hari from 12:00, petang from 2:00, malam from 7:00. */
function dayPart(hour: number, language: Language): string {
  if (language === "en") return hour < 12 ? "am" : "pm";
  if (hour < 12) return "pagi";
  if (hour < 14) return "tengah hari";
  return hour < 19 ? "petang" : "malam";
}

/** `20 November 2026`, in the agency's zone (Asia/Kuala_Lumpur). */
export function formatDay(at: Date, language: Language): string {
  const { year, month, day } = wallClock(at);
  return `${day} ${MONTHS[language][month - 1]} ${year}`;
}

/** `3:15 petang`, `3:15 pm`. */
export function formatTime(at: Date, language: Language): string {
  const { hour, minute } = wallClock(at);
  return `${hour % 12 || 12}:${String(minute).padStart(2, "0")} ${dayPart(hour, language)}`;
}

/** `20 November 2026, 3:15 petang`; in English `20 November 2026, 3:15 pm`. */
export const formatDate = (at: Date, language: Language): string =>
  `${formatDay(at, language)}, ${formatTime(at, language)}`;
