/** Rows along which a finger or a child counts, one after the other. A step in either direction is predictable. */
const rows = [
  "abcdefghijklmnopqrstuvwxyz",
  "01234567890",
  "qwertyuiop",
  "asdfghjkl",
  "zxcvbnm",
  "!@#$%^&*()",
  "1qaz2wsx3edc4rfv5tgb",
];
const SHORTEST_RUN = 3;

const follows = (a: string, b: string, row: string): number => {
  for (let at = row.indexOf(a); at >= 0; at = row.indexOf(a, at + 1)) {
    if (row[at + 1] === b) return 1;
    if (row[at - 1] === b) return -1;
  }
  return 0;
};

/** How far from `start` one predictable run reaches: `aaaa`, `4321`, `qwer`. At least one character. */
function runFrom(text: readonly string[], start: number): number {
  let longest = 1;
  const extend = (steps: (a: string, b: string) => boolean) => {
    let end = start + 1;
    while (end < text.length && steps(text[end - 1] as string, text[end] as string)) end += 1;
    longest = Math.max(longest, end - start);
  };
  extend((a, b) => a === b);
  for (const row of rows) {
    extend((a, b) => follows(a, b, row) === 1);
    extend((a, b) => follows(a, b, row) === -1);
  }
  return longest;
}

/** The share of a text, 0 to 1, that runs of three characters or more make up. */
export function predictableShare(text: string): number {
  const characters = [...text.toLowerCase()];
  let covered = 0;
  for (let at = 0; at < characters.length; ) {
    const run = runFrom(characters, at);
    if (run >= SHORTEST_RUN) covered += run;
    at += run;
  }
  return characters.length === 0 ? 0 : covered / characters.length;
}
