/** Cyrillic and Greek letters that are drawn as Latin ones (UTS #39, confusables), in small letters. */
const DRAWN_AS: ReadonlyMap<string, string> = new Map(
  [..."аеорсухіјѕһԁԛԝвкмнтαεορικντυχβηζ"].map((letter, at) => [
    letter,
    "aeopcyxijshdqwbkmhtaeopikvtuxbhz"[at] ?? letter,
  ]),
);

/** How a name looks at a glance: two that look alike are one to people, whatever their capitals, accents, spaces or alphabet. */
export const lookOf = (name: string): string =>
  Array.from(
    name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/gu, " ").trim(),
    (letter) => DRAWN_AS.get(letter) ?? letter,
  ).join("");
