import isoCountries from "i18n-iso-countries/index.js";
import en from "i18n-iso-countries/langs/en.json" with { type: "json" };
import ms from "i18n-iso-countries/langs/ms.json" with { type: "json" };
import type { Language } from "./context.ts";

// The package's main entry registers all of its eighty languages at start; two are enough.
for (const locale of [ms, en]) isoCountries.registerLocale(locale);

export const MALAYSIA = "MY";

/** Whether this is an ISO 3166-1 alpha-2 code (`ID`), with the user-assigned `XK` (Kosovo), which issues passports too. */
export const isCountry = (code: string): boolean =>
  /^[A-Z]{2}$/.test(code) && Object.hasOwn(isoCountries.getAlpha2Codes(), code);

export type Country = { code: string; name: string };
const listed = new Map<Language, readonly Country[]>();

/** The countries whose passports are accepted, by name in the reader's language. Malaysia is not among them: its people hold a MyKad. */
export function countries(language: Language): readonly Country[] {
  const known = listed.get(language);
  if (known) return known;
  const { compare } = new Intl.Collator(language);
  const list = Object.entries(isoCountries.getNames(language))
    .filter(([code]) => code !== MALAYSIA)
    .map(([code, name]) => ({ code, name }))
    .sort((a, b) => compare(a.name, b.name));
  listed.set(language, list);
  return list;
}
