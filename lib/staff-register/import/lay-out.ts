import { parseIdentityNumber } from "#lib/kernel/identity-number.ts";
import { findTitles, guessColumns, LOOKED_AT } from "../columns/guess-columns.ts";
import type { Mapping } from "../columns/mapping.ts";
import { FileRefused } from "../file/file-refused.ts";
import { type FileLayout, readRows, recogniseFile } from "../file/read-rows.ts";
import { type Cell, type SheetRow, textOf } from "../file/sheet-row.ts";
import type { StoredFile } from "../file/stored-file.ts";
import { maskRuns } from "../row/show-safely.ts";

/**
 * How a file is built. `titleLine`: the line that has the titles, 0 where none has. `titles`: of each column, empty where
 * it has none. `samples`: of each column what stands in the first rows, identities masked.
 */
export type Layout = { file: FileLayout; titleLine: number; titles: readonly string[]; samples: readonly string[][] };

const SAMPLES = 3;
const LONGEST_SHOWN = 60;

/** Looks at the first rows: what kind of file it is, where its titles are, and what its columns seem to hold. */
export async function layOut(file: StoredFile): Promise<{ layout: Layout; mapping: Mapping }> {
  const kind = await recogniseFile(file);
  const rows: SheetRow[] = [];
  for await (const row of readRows(file, kind)) {
    rows.push(row);
    if (rows.length === LOOKED_AT + SAMPLES) break;
  }
  const found = findTitles(rows);
  if (!found) throw new FileRefused("file_no_rows");
  const mapping = guessColumns(found);
  // A first row that names a person is no row of titles.
  const hasTitles = Object.keys(mapping).length > 0 || !found.cells.some(isIdentity);
  const titleLine = hasTitles ? found.line : 0;
  const below = rows.filter(({ line }) => line > titleLine).slice(0, SAMPLES);
  if (below.length === 0) throw new FileRefused("file_no_rows");
  const width = Math.max(...rows.map(({ cells }) => cells.length));
  const columns = Array.from({ length: width }, (_, column) => column);
  return {
    mapping,
    layout: {
      file: kind,
      titleLine,
      titles: columns.map((column) => (hasTitles ? shown(found.cells[column]) : "")),
      samples: columns.map((column) => below.map(({ cells }) => shown(cells[column]))),
    },
  };
}

const isIdentity = (cell: Cell): boolean => parseIdentityNumber({ number: textOf(cell) }).ok;

/** What the database keeps as no text: NUL, which may stand behind what was looked at, and halves of characters. */
const UNKEPT = /[\p{Control}\p{Surrogate}]/gu;

/** What may be somebody's identity is shown as far as anybody may see it: enough to recognise a column by. */
const shown = (cell: Cell | undefined): string =>
  maskRuns(textOf(cell).replace(/\s+/g, " ")).slice(0, LONGEST_SHOWN).replace(UNKEPT, "");
