import { Readable } from "node:stream";
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from "yauzl";
import { FileRefused } from "../file-refused.ts";
import type { StoredFile } from "../stored-file.ts";
import { readXml } from "./read-xml.ts";

/** An ordinary workbook has some twenty. */
const MOST_ENTRIES = 2_000;
/** Of one part of the workbook, unpacked, in bytes: a sheet of 500,000 rows stays below. */
const MOST_UNPACKED = 512 * 1024 * 1024;
/** Sheets shrink to a tenth or twentieth; what shrinks this much more holds nothing but the same over and over. */
const MOST_SHRUNK = 200;
const NOT_WORTH_ASKING = 8 * 1024 * 1024;
/** Of the parts that say how the workbook is made, which are read as a whole. */
const MOST_OF_A_SMALL_PART = 8 * 1024 * 1024;

export type Workbook = {
  /** The first sheet that people see. */
  sheet: string;
  /** Days are counted from 1904 (old Macintosh workbooks). */
  from1904: boolean;
  /** A part of it, unpacked as it is read; null where there is none. `most`: bytes unpacked; more is refused. */
  part(name: string, most?: number): Promise<Readable | null>;
};

class PiecesReader extends RandomAccessReader {
  readonly #file: StoredFile;
  constructor(file: StoredFile) {
    super();
    this.#file = file;
  }
  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#file.pieces(start, end), { objectMode: false });
  }
}

/**
 * Opens an XLSX file: a zip, of which each size is judged before anything is unpacked and counted while it is. Throws
 * `FileRefused` where it holds macros, is protected by a password, damaged, or too large when unpacked.
 */
export async function openWorkbook(file: StoredFile): Promise<Workbook> {
  const { zip, entries } = await openZip(file);
  const part = async (name: string, most = MOST_UNPACKED): Promise<Readable | null> => {
    const entry = entries.get(name.toLowerCase());
    if (!entry) return null;
    mustBeReasonable(entry, most);
    return zip.openReadStreamPromise(entry).catch(() => {
      throw new FileRefused("file_damaged");
    });
  };
  await mustHaveNoMacros(part);
  return { ...(await firstSheet(part)), part };
}

async function openZip(file: StoredFile): Promise<{ zip: ZipFile; entries: Map<string, Entry> }> {
  const entries = new Map<string, Entry>();
  try {
    const zip = await fromRandomAccessReaderPromise(new PiecesReader(file), file.size, { autoClose: false });
    if (zip.entryCount > MOST_ENTRIES) throw new FileRefused("file_unpacks_too_large");
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileName.toLowerCase();
      if (/(^|\/)(vbaproject\.bin|vbadata\.xml)$|\/macrosheets\//.test(name)) throw new FileRefused("file_macros");
      if (entry.isEncrypted()) throw new FileRefused("file_protected");
      // Two of one name: which of them is read would be a matter of the reader.
      if (entries.has(name)) throw new FileRefused("file_damaged");
      entries.set(name, entry);
    }
    return { zip, entries };
  } catch (fault) {
    if (fault instanceof FileRefused || isOfTheDatabase(fault)) throw fault;
    throw new FileRefused("file_damaged");
  }
}

/** What PostgreSQL or its driver says has a code; what yauzl says of a zip has none. */
const isOfTheDatabase = (fault: unknown): boolean =>
  (fault as { code?: unknown; cause?: unknown }).code !== undefined ||
  (fault as { cause?: unknown }).cause !== undefined;

function mustBeReasonable({ uncompressedSize, compressedSize }: Entry, most: number): void {
  const isBomb =
    uncompressedSize > most || (uncompressedSize > NOT_WORTH_ASKING && uncompressedSize > compressedSize * MOST_SHRUNK);
  if (isBomb) throw new FileRefused("file_unpacks_too_large");
}

type Part = Workbook["part"];

async function mustHaveNoMacros(part: Part): Promise<void> {
  const types: string[] = [];
  await readWhole(part, "[Content_Types].xml", (_, { ContentType }) => void types.push(ContentType ?? ""));
  if (types.some((type) => /macroEnabled|vbaProject/i.test(type))) throw new FileRefused("file_macros");
  if (!types.some((type) => type.includes("spreadsheetml"))) throw new FileRefused("file_kind");
}

async function firstSheet(part: Part): Promise<Pick<Workbook, "sheet" | "from1904">> {
  const sheets: { id: string; isHidden: boolean }[] = [];
  let from1904 = false;
  await readWhole(part, "xl/workbook.xml", (name, attributes) => {
    if (name === "workbookPr") from1904 = ["1", "true"].includes(attributes.date1904 ?? "");
    if (name === "sheet")
      sheets.push({ id: relationOf(attributes), isHidden: (attributes.state ?? "visible") !== "visible" });
  });
  const targets = new Map<string, string>();
  await readWhole(part, "xl/_rels/workbook.xml.rels", (name, { Id = "", Target = "" }) => {
    if (name === "Relationship") targets.set(Id, Target);
  });
  const first = sheets.find(({ isHidden }) => !isHidden);
  const target = first && targets.get(first.id);
  if (target === undefined) throw new FileRefused("file_damaged");
  return { sheet: target.startsWith("/") ? target.slice(1) : `xl/${target}`, from1904 };
}

/** `r:id`, whichever prefix the file gives to relations. */
const relationOf = (attributes: Readonly<Record<string, string>>): string =>
  Object.entries(attributes).find(([name]) => /:id$/.test(name))?.[1] ?? "";

/** Reads one of the small parts to its end. */
async function readWhole(
  part: Part,
  name: string,
  open: (name: string, attributes: Readonly<Record<string, string>>) => void,
): Promise<void> {
  const stream = await part(name, MOST_OF_A_SMALL_PART);
  if (!stream) throw new FileRefused("file_damaged");
  for await (const _ of readXml(stream, { open }));
}
