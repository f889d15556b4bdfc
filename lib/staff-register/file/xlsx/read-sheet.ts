import { FileRefused } from "../file-refused.ts";
import { type Cell, isBlank, MOST_COLUMNS, MOST_ROWS, type SheetRow } from "../sheet-row.ts";
import type { StoredFile } from "../stored-file.ts";
import { openWorkbook, type Workbook } from "./open-workbook.ts";
import { readXml } from "./read-xml.ts";
import { StringSlab } from "./string-slab.ts";

/** Excel's own limits: 32,767 characters, and so many rows. */
const LONGEST_CELL = 40_000;
const LAST_ROW = 1_048_576;

/**
 * The rows of a workbook's first sheet, streamed. Of a cell with a formula, what it came to when the file was saved. Blank
 * rows are passed over. Throws `FileRefused`.
 */
export async function* readSheet(file: StoredFile): AsyncGenerator<SheetRow> {
  const workbook = await openWorkbook(file);
  const shared = await readShared(workbook);
  const stream = await workbook.part(workbook.sheet);
  if (!stream) throw new FileRefused("file_damaged");
  const rows: SheetRow[] = [];
  const sheet = new SheetReader(shared, (row) => rows.push(row));
  let read = 0;
  for await (const _ of readXml(stream, sheet)) {
    for (const row of rows.splice(0)) {
      if (isBlank(row.cells)) continue;
      read += 1;
      if (read > MOST_ROWS) throw new FileRefused("file_too_many_rows");
      yield row;
    }
  }
}

async function readShared(workbook: Workbook): Promise<StringSlab> {
  const slab = new StringSlab();
  const stream = await workbook.part("xl/sharedStrings.xml");
  if (!stream) return slab;
  let text = "";
  let isText = false;
  let isReading = 0;
  const steps = readXml(stream, {
    open: (name) => {
      if (name === "si") text = "";
      if (name === "rPh") isReading += 1;
      isText = name === "t" && isReading === 0;
    },
    text: (more) => {
      if (isText) text = joined(text, more);
    },
    close: (name) => {
      if (name === "rPh") isReading -= 1;
      if (name === "t") isText = false;
      if (name === "si") slab.add(text);
    },
  });
  for await (const _ of steps);
  return slab;
}

function joined(text: string, more: string): string {
  if (text.length + more.length > LONGEST_CELL) throw new FileRefused("file_damaged");
  return text + more;
}

/** Turns the events of a sheet's XML into rows. */
class SheetReader {
  readonly #shared: StringSlab;
  readonly #emit: (row: SheetRow) => void;
  #line = 0;
  #column = -1;
  #cells: Cell[] = [];
  #type = "n";
  #text = "";
  #isValue = false;

  constructor(shared: StringSlab, emit: (row: SheetRow) => void) {
    this.#shared = shared;
    this.#emit = emit;
  }

  open = (name: string, { r, t }: Readonly<Record<string, string>>): void => {
    if (name === "row") {
      const line = r === undefined ? this.#line + 1 : Number(r);
      if (!Number.isInteger(line) || line <= this.#line || line > LAST_ROW) throw new FileRefused("file_damaged");
      this.#line = line;
      this.#cells = [];
      this.#column = -1;
    } else if (name === "c") {
      this.#column = r === undefined ? this.#column + 1 : columnOf(r);
      this.#type = t ?? "n";
      this.#text = "";
    } else if (name === "v" || name === "t") this.#isValue = true;
  };

  text = (more: string): void => {
    if (this.#isValue) this.#text = joined(this.#text, more);
  };

  close = (name: string): void => {
    if (name === "v" || name === "t") this.#isValue = false;
    else if (name === "c" && this.#column < MOST_COLUMNS) {
      while (this.#cells.length < this.#column) this.#cells.push("");
      this.#cells[this.#column] = this.#value();
    } else if (name === "row") this.#emit({ line: this.#line, cells: this.#cells });
  };

  #value(): Cell {
    if (this.#text === "") return "";
    if (this.#type === "s") return this.#shared.at(Number(this.#text)) ?? "";
    if (this.#type !== "n") return this.#text;
    const number = Number(this.#text);
    return Number.isFinite(number) ? number : this.#text;
  }
}

/** `C5` is the third: 2. */
function columnOf(reference: string): number {
  const letters = /^[A-Z]{1,3}(?=\d|$)/.exec(reference)?.[0];
  if (letters === undefined) throw new FileRefused("file_damaged");
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
