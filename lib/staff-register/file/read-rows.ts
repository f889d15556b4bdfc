import { FileRefused } from "./file-refused.ts";
import { readCsv } from "./read-csv.ts";
import { type CsvLayout, recogniseCsv } from "./recognise-csv.ts";
import type { SheetRow } from "./sheet-row.ts";
import { beginningOf, type StoredFile } from "./stored-file.ts";
import { openWorkbook } from "./xlsx/open-workbook.ts";
import { readSheet } from "./xlsx/read-sheet.ts";

/** `from1904`: the workbook counts days from then (old Macintosh ones), not from 1900. */
export type FileLayout = CsvLayout | { kind: "xlsx"; from1904: boolean };

/** Enough of a text file to tell how it is written. */
const LOOKED_AT = 64 * 1024;
const ZIP = Buffer.from("PK\u0003\u0004");
/** Workbooks of before 2007, and those with a password, which are wrapped in one. */
const COMPOUND = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);

/** What kind of file it is, whatever its name says. Throws `FileRefused`. */
export async function recogniseFile(file: StoredFile): Promise<FileLayout> {
  const beginning = await beginningOf(file, LOOKED_AT);
  if (beginning.length === 0) throw new FileRefused("file_empty");
  if (beginning.subarray(0, COMPOUND.length).equals(COMPOUND)) throw new FileRefused("file_protected");
  if (!beginning.subarray(0, ZIP.length).equals(ZIP)) return recogniseCsv(beginning);
  return { kind: "xlsx", from1904: (await openWorkbook(file)).from1904 };
}

/** Every row that holds something, streamed. Throws `FileRefused`. */
export const readRows = (file: StoredFile, layout: FileLayout): AsyncGenerator<SheetRow> =>
  layout.kind === "csv" ? readCsv(file, layout) : readSheet(file);
