import type { Language } from "#lib/kernel/context.ts";

export const languages = ["ms", "en"] as const satisfies readonly Language[];
/** Holds the reader's choice for a year; Bahasa Malaysia without it. */
export const LANGUAGE_COOKIE = "kunci-language";
export const isLanguage = (value: unknown): value is Language => value === "ms" || value === "en";
