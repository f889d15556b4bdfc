/** Excel reads UTF-8 only from a file that begins with it. */
export const CSV_BEGIN = "\uFEFF";

/** What makes a cell a formula to a spreadsheet, also behind spaces (OWASP, CSV injection). */
const FORMULA = /^\s*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/u;

/** A line of CSV (RFC 4180). A cell that a spreadsheet would work out begins with an apostrophe, which makes it text. */
export const csvLine = (cells: readonly (string | number | null)[]): string => `${cells.map(cellOf).join(",")}\r\n`;

function cellOf(value: string | number | null): string {
  if (value === null) return "";
  const text = typeof value === "string" && FORMULA.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
