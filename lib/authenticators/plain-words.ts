const LOOK_ALIKES: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "i",
  "!": "i",
  "|": "i",
  l: "i",
  "3": "e",
  "4": "a",
  "@": "a",
  "5": "s",
  $: "s",
  "7": "t",
  "+": "t",
  "8": "b",
  "9": "g",
};

/** Without case, width and accents: `Ａmélie` and `amelie` are one. */
export const folded = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .toLowerCase();

/**
 * Letters in place of the signs people put for them: `p@ssw0rd` is `password`. `1` may stand for i or l, so l becomes i as well;
 * only compare texts that both went through here.
 */
export const withoutLookAlikes = (text: string): string =>
  text.replace(/[01!|l34@5$7+89]/g, (sign) => LOOK_ALIKES[sign] ?? sign);

/** The words of a text: letters and digits, split where these change into one another or a capital begins. */
export const wordsOf = (text: string): string[] =>
  text
    .normalize("NFKC")
    .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{L})(\p{N})/gu, "$1 $2")
    .replace(/(\p{N})(\p{L})/gu, "$1 $2")
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((word) => word !== "")
    .map(folded);
