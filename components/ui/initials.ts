/** "NA" of "Nur Aisyah binti Contoh": the first letters of the first two words, one where there is one word. */
export function initials(name: string): string {
  const words = name.split(/\s+/u).filter((word) => /^\p{L}/u.test(word));
  return words
    .slice(0, 2)
    .map((word) => [...word][0]?.toLocaleUpperCase("ms") ?? "")
    .join("");
}
