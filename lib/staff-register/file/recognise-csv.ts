import { FileRefused } from "./file-refused.ts";

const delimiters = [",", ";", "\t", "|"] as const;
export type Delimiter = (typeof delimiters)[number];
export type CsvLayout = { kind: "csv"; encoding: "utf-8" | "utf-16le" | "utf-16be"; delimiter: Delimiter };

/** How many of the first lines tell what separates the cells. */
const LOOKED_AT = 20;

/**
 * How a text file is written, by its first bytes: byte order mark, or where the zero bytes of UTF-16 lie; and what
 * separates its cells. Throws `FileRefused` where it is no text.
 */
export function recogniseCsv(beginning: Buffer): CsvLayout {
  const encoding = encodingOf(beginning);
  const text = new TextDecoder(encoding).decode(beginning);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no text holds them, and every picture, archive or PDF does
  if (/[\u0000-\u0008\u000e-\u001a]/.test(text)) throw new FileRefused("file_kind");
  return { kind: "csv", encoding, delimiter: statedDelimiter(text) ?? likeliestDelimiter(text) };
}

function encodingOf(bytes: Buffer): CsvLayout["encoding"] {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  const pairs = Math.min(bytes.length >> 1, 512);
  let [even, odd] = [0, 0];
  for (let at = 0; at < pairs; at += 1) {
    if (bytes[2 * at] === 0) even += 1;
    if (bytes[2 * at + 1] === 0) odd += 1;
  }
  if (odd > pairs / 2 && even === 0) return "utf-16le";
  return even > pairs / 2 && odd === 0 ? "utf-16be" : "utf-8";
}

/** Excel's own hint, on a line before the titles: `sep=;`. */
function statedDelimiter(text: string): Delimiter | undefined {
  const stated = /^sep=(.)\r?\n/i.exec(text)?.[1];
  return delimiters.find((one) => one === stated);
}

/** The one that most lines have equally often; commas within quotes do not count. */
function likeliestDelimiter(text: string): Delimiter {
  const lines = text
    .replace(/"(?:[^"]|"")*"/g, "")
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== "")
    .slice(0, LOOKED_AT);
  const agreeing = (delimiter: Delimiter): number => {
    const counts = lines.map((line) => line.split(delimiter).length - 1).filter((count) => count > 0);
    return Math.max(0, ...counts.map((count) => counts.filter((other) => other === count).length));
  };
  return delimiters.reduce((best, one) => (agreeing(one) > agreeing(best) ? one : best));
}
