import type { Language } from "#lib/kernel/context.ts";
import { formatDate, formatNear } from "#lib/text/format-date.ts";

/** What each part of the page needs to say when something was. */
export type Words = { now: Date; language: Language };

/** `hari ini, 9:42 pagi` near by; further away the day, with its hour where it lies ahead. */
export const saidAt = (at: Date, { now, language }: Words): string => {
  const near = formatNear(at, now, language);
  return at > now && !near.includes(",") ? formatDate(at, language) : near;
};

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
