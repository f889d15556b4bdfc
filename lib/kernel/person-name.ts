import { lengthOf } from "./plain-text.ts";
import { ok, type Result, refuse } from "./result.ts";

export const nameRefusals = ["name_too_long", "name_digits", "name_script", "name_characters"] as const;
export type NameRefusal = (typeof nameRefusals)[number];

/** In code points. Generous: the longest names on record, with titles and an `@` name, stay well below. */
export const NAME_MAX = 120;

/** Straight and curly apostrophes, the modifier letters used for hamza and ayn, and the grave that some keyboards give instead. */
const APOSTROPHES = "'\u2018\u2019\u02BB\u02BC\u02BE\u02BF`";
const ALLOWED = new RegExp(
  `^[${APOSTROPHES}\\p{Script=Latin}](?:[${APOSTROPHES}\\p{Script=Latin}\\p{Mark} ./@()\u2010\u2011\\-])*$`,
  "u",
);

/** Roman numerals in one sign are Latin too, but no letters. */
const LETTER = /(?=\p{Letter})\p{Script=Latin}/gu;

/** A/L, A/P, S/O, D/O: the only words of a name with a stroke in them. */
const PATRONYMIC = /(?<!\p{Letter})[ADS]\/[LPO](?!\p{Letter})/giu;

/** `evil.example`: what stands between letters as in an address. */
const LINK = /(?<=\p{Letter})[.@](?=\p{Letter}{2})/u;

const plain = (value: string): string =>
  value
    .normalize("NFC")
    .replace(LETTER, (letter) => letter.normalize("NFKC"))
    .replace(/\p{Space_Separator}+/gu, " ")
    .trim();

/**
 * A name as Malaysian documents have it: A/L, A/P, S/O, `@`, apostrophes, hyphens, dots, single names, any Latin letter. Kept as
 * typed, with runs of spaces made one and letters of another width or joined to one sign (`Ｎ`, `ﬁ`) as the plain ones: two names that
 * read alike are the same. Documents carry it in Latin letters even where its owner writes another script.
 */
export function parsePersonName(value: string): Result<string, NameRefusal> {
  const name = plain(value);
  if (lengthOf(name) > NAME_MAX) return refuse("name_too_long");
  if (/\p{Number}/u.test(name)) return refuse("name_digits");
  if (/[^\P{Letter}\p{Script=Latin}\p{Script=Common}]/u.test(name)) return refuse("name_script");
  // `evil.example/masuk`: mail programs make a link of it, and letters greet people by their name.
  if (LINK.test(name) || /\//.test(name.replace(PATRONYMIC, ""))) return refuse("name_characters");
  // No Latin letter has more than two marks (Vietnamese); more are an ornament and run over the lines around them.
  if (!ALLOWED.test(name) || !/\p{Script=Latin}/u.test(name) || /\p{Mark}{3}/u.test(name.normalize("NFD")))
    return refuse("name_characters");
  return ok(name);
}

const NOWHERE = new RegExp(`[^${APOSTROPHES}\\p{Script=Latin}\\p{Mark} ./@()\u2010\u2011\\-]`, "u");

/** Of a name that is refused for its characters, the first of them; null where it is how they stand together. */
export function unfitCharacter(value: string): string | null {
  const name = plain(value);
  const found = NOWHERE.exec(name) ?? LINK.exec(name) ?? /\//.exec(name.replace(PATRONYMIC, ""));
  if (found) return found[0];
  return ALLOWED.test(name) ? null : ([...name][0] ?? null);
}
