import { field, paragraphs, type TextRefusal } from "#lib/kernel/plain-text.ts";
import type { Result } from "#lib/kernel/result.ts";

/** What a campaign is called, why it is, what it rests on, and whom to ask. */
export type About = {
  nameMs: string;
  nameEn: string;
  reasonMs: string;
  reasonEn: string;
  authority: string;
  contacts: string;
};
export type AboutField = keyof About;
export const aboutFields = [
  "nameMs",
  "nameEn",
  "reasonMs",
  "reasonEn",
  "authority",
  "contacts",
] as const satisfies readonly AboutField[];

/** In code points. A name stands in headings, and in the banner on a phone. */
const ABOUT_MOST: Record<AboutField, number> = {
  nameMs: 80,
  nameEn: 80,
  reasonMs: 600,
  reasonEn: 600,
  authority: 200,
  contacts: 400,
};
export type AboutFieldRefusal = "words_missing" | "words_long" | "words_unfit";
export type AboutErrors = Partial<Record<AboutField, AboutFieldRefusal>>;

const severalLines: ReadonlySet<AboutField> = new Set(["reasonMs", "reasonEn", "contacts"]);

/** Reads what is said about a campaign: reasons and contacts of several lines, the rest of one. */
export const parseAbout = (form: FormData): { ok: true; value: About } | { ok: false; errors: AboutErrors } =>
  parseWords<AboutField>(form, aboutFields, ABOUT_MOST, severalLines);

/** Reads fields of words that must all say something, each of so many code points at most. */
export function parseWords<Name extends string>(
  form: FormData,
  names: readonly Name[],
  most: Readonly<Record<Name, number>>,
  several: ReadonlySet<Name>,
): { ok: true; value: Record<Name, string> } | { ok: false; errors: Partial<Record<Name, AboutFieldRefusal>> } {
  const errors: Partial<Record<Name, AboutFieldRefusal>> = {};
  const value = {} as Record<Name, string>;
  for (const name of names) {
    const read: Result<string, TextRefusal> = (several.has(name) ? paragraphs : field)(form, name, { max: most[name] });
    if (read.ok) value[name] = several.has(name) ? read.value : read.value.replace(/ {2,}/g, " ");
    else errors[name] = wordsRefusal(read.error);
  }
  return Object.keys(errors).length > 0 ? { ok: false, errors } : { ok: true, value };
}

function wordsRefusal(error: TextRefusal): AboutFieldRefusal {
  if (error === "missing") return "words_missing";
  return error === "too_long" ? "words_long" : "words_unfit";
}
