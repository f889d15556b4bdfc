import type { Language } from "#lib/kernel/context.ts";

export const languages = ["ms", "en"] as const satisfies readonly Language[];
/** Holds the reader's choice for a year; Bahasa Malaysia without it. */
export const LANGUAGE_COOKIE = "kunci-language";
export const isLanguage = (value: unknown): value is Language => value === "ms" || value === "en";
/** The language that a system asked for (`ui_locales`) when it led somebody here: until they choose one. */
export const ASKED_LANGUAGE_COOKIE = "kunci-asked-language";

/** The language of whoever has these cookies. */
export function languageOf(cookie: (name: string) => string | undefined): Language {
  const chosen = [cookie(LANGUAGE_COOKIE), cookie(ASKED_LANGUAGE_COOKIE)].find(isLanguage);
  return chosen ?? "ms";
}

/** The first language we have of those that somebody would read, the best first: `en-GB ms` (BCP 47); null where none is. */
export const firstOf = (tags: readonly string[]): Language | null =>
  tags.map((tag) => tag.toLowerCase().split("-", 1)[0]).find(isLanguage) ?? null;
