import { pipeline, Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { FileRefused } from "./file-refused.ts";
import type { CsvLayout } from "./recognise-csv.ts";
import { isBlank, MOST_COLUMNS, MOST_ROWS, type SheetRow } from "./sheet-row.ts";
import type { StoredFile } from "./stored-file.ts";

/** In characters. A quote that is never closed would take in the rest of the file as one row. */
const LONGEST_ROW = 64 * 1024;

/**
 * The rows of a text file, streamed: quoted cells may hold separators and line breaks. Blank rows are passed over. Throws
 * `FileRefused` where the text is not in its encoding, or a quote is never closed.
 */
export async function* readCsv(file: StoredFile, { encoding, delimiter }: CsvLayout): AsyncGenerator<SheetRow> {
  const parser = parse({
    delimiter,
    record_delimiter: ["\r\n", "\n", "\r"],
    // 5" in the middle of a cell is what somebody typed.
    relax_quotes: true,
    relax_column_count: true,
    max_record_size: LONGEST_ROW,
  });
  const rows: AsyncIterable<string[]> = pipeline(
    Readable.from(decoded(file, encoding)),
    parser,
    // What went wrong reaches whoever reads the rows.
    () => undefined,
  );
  let next = 1;
  let read = 0;
  try {
    for await (const record of rows) {
      const line = next;
      next += 1 + breaksIn(record);
      if (isBlank(record) || (line === 1 && /^sep=.?$/i.test(record.join("")))) continue;
      read += 1;
      if (read > MOST_ROWS) throw new FileRefused("file_too_many_rows");
      yield { line, cells: record.slice(0, MOST_COLUMNS) };
    }
  } catch (fault) {
    throw fault instanceof CsvError
      ? new FileRefused(fault.code === "CSV_MAX_RECORD_SIZE" ? "file_row_too_long" : "file_quotes")
      : fault;
  }
}

/** Lines that a row takes besides its first: breaks within quotes are its own. */
const breaksIn = (record: readonly string[]): number =>
  record.reduce((sum, cell) => (/[\r\n]/.test(cell) ? sum + (cell.match(/\r\n|\n|\r/g)?.length ?? 0) : sum), 0);

async function* decoded(file: StoredFile, encoding: CsvLayout["encoding"]): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const decode = (part?: Buffer): string => {
    try {
      return decoder.decode(part, { stream: part !== undefined });
    } catch {
      throw new FileRefused("file_encoding");
    }
  };
  for await (const part of file.pieces(0, file.size)) {
    const text = decode(part);
    // An empty string would end the stream.
    if (text !== "") yield text;
  }
  const rest = decode();
  if (rest !== "") yield rest;
}
