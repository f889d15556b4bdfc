/** Letters that do not come apart into a plain one and a mark; and apostrophes, which are left out: D'Contoh is dcontoh. */
const PLAIN: Readonly<Record<string, string>> = {
  Đ: "d",
  đ: "d",
  Ø: "o",
  ø: "o",
  Ł: "l",
  ł: "l",
  ı: "i",
  ß: "s",
  Æ: "a",
  æ: "a",
};
const APOSTROPHES = /['`‘’ʻʼʾʿ]/gu;

/** What stands between somebody's name and their father's. People leave it out as often as not. */
const BETWEEN = / (?:bin|binti|bte|bt|b|a\/l|a\/p|s\/o|d\/o|anak|ak)\.?(?= )/g;

/** Shorter words have no three letters to look for inside others: they are looked for where a word begins. */
const INSIDE_FROM = 3;
/** More add nothing but work. */
const WORDS_MAX = 6;

/**
 * A name or an address as it is searched: plain small letters and digits, words apart by one space, without marks,
 * apostrophes and what stands between two names. The same as `search_fold` in the database, which a test holds it to.
 */
export function searchFold(text: string): string {
  const plain = text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[ĐđØøŁłıßÆæ]/g, (letter) => PLAIN[letter] as string)
    .replace(APOSTROPHES, "")
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  return ` ${plain} `
    .replace(BETWEEN, "")
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
}

/** The words of what was typed, each once and as they came. None where only "bin" was typed. */
export const searchWords = (text: string): string[] =>
  [...new Set(searchFold(text).split(" ").filter(Boolean))].slice(0, WORDS_MAX);

/** The pattern of a folded word for LIKE: anywhere, or where a word begins. Folded words have no signs of their own there. */
export const patternOf = (word: string): string => (word.length < INSIDE_FROM ? `% ${word}%` : `%${word}%`);
