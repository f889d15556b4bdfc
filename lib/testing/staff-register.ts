import { crc32, deflateRawSync } from "node:zlib";
import type { Context } from "#lib/kernel/context.ts";
import type { IdentityNumber } from "#lib/kernel/identity-number.ts";
import { applyRegister } from "#lib/staff-register/import/apply-register.ts";
import { startApplying } from "#lib/staff-register/import/decide-import.ts";
import { readRegister } from "#lib/staff-register/import/read-register.ts";
import { uploadRegister } from "#lib/staff-register/import/upload-register.ts";
import { fixtureIdentity } from "./identities.ts";

export const TITLES = "No. KP,Nama Penuh,Emel Rasmi,Kod Pejabat,Pejabat,Tarikh Tamat";

type Line = { identity?: string; name?: string; email?: string; code?: string; office?: string; leaves?: string };

export const myKad = (identity: IdentityNumber): string => identity.number;

/** A line of a register: of somebody of the fixtures, with what a test is about written otherwise. */
export function staffLine(n: number, line: Line = {}): string {
  const {
    identity = myKad(fixtureIdentity(n)),
    name = "Nur Contoh binti Teladan",
    email = `staf${n}@contoh.example.gov.my`,
  } = line;
  return [identity, name, email, line.code ?? "0101", line.office ?? "Ibu Pejabat", line.leaves ?? ""].join(",");
}

export const staffFile = (...lines: string[]): string => [TITLES, ...lines, ""].join("\r\n");

async function* pieces(body: Buffer) {
  yield body;
}

/** As the operator at the command line, who needs no role. */
export const asOperator = <C extends Context>(ctx: C): Context => ({ ...ctx, actor: { kind: "operator" } });

/** A file that was uploaded and read, by whoever `ctx` acts for, `atOnce` rows at a time. Answers its import's id. */
export async function uploaded(
  ctx: Context,
  body: string | Buffer,
  { isWhole = false, fileName = "daftar.csv", atOnce }: { isWhole?: boolean; fileName?: string; atOnce?: number } = {},
): Promise<string> {
  const kept = await uploadRegister(ctx, { fileName, isWhole }, pieces(Buffer.from(body)));
  if (!kept.ok) throw new Error(`The file was refused: ${kept.error}`);
  await readRegister({ ...ctx, actor: { kind: "system" } }, kept.value, atOnce);
  return kept.value;
}

/** A file of one new person, uploaded and read. */
export const previewedFile = (ctx: Context): Promise<string> => uploaded(asOperator(ctx), staffFile(staffLine(900)));

/** A file that was uploaded, read, started and applied to its end. */
export async function applied(
  ctx: Context,
  body: string | Buffer,
  wanted: { isWhole?: boolean; opensAt?: Date; suspendsAt?: Date } = {},
): Promise<string> {
  const operator = asOperator(ctx);
  const importId = await uploaded(operator, body, { isWhole: wanted.isWhole ?? false });
  const { opensAt = null, suspendsAt = null } = wanted;
  const started = await startApplying(operator, importId, { opensAt, suspendsAt, evenMany: true });
  if (!started.ok) throw new Error(`It was not applied: ${started.error}`);
  await applyRegister({ ...ctx, actor: { kind: "system" } }, importId);
  return importId;
}

/** A zip of these files, written by hand so that a test may write it wrong. `told`: sizes it claims instead of its own. */
export function zipOf(files: Record<string, string | Buffer>, told: Record<string, number> = {}): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const [name, content] of Object.entries(files)) {
    const plain = Buffer.from(content);
    const packed = deflateRawSync(plain);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(0x0800, 2);
    head.writeUInt16LE(8, 4);
    head.writeUInt32LE(crc32(plain), 10);
    head.writeUInt32LE(packed.length, 14);
    head.writeUInt32LE(told[name] ?? plain.length, 18);
    head.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from("PK\u0003\u0004"), head, Buffer.from(name), packed]);
    // Lengths of what it has none of, attributes, and where its local header lies.
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    central.push(Buffer.concat([Buffer.from("PK\u0001\u0002"), Buffer.from([20, 0]), head, tail, Buffer.from(name)]));
    locals.push(local);
    at += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006", 0, "latin1");
  end.writeUInt16LE(central.length, 8);
  end.writeUInt16LE(central.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, directory, end]);
}

const xml = (content: string) => `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${content}`;

/** The parts of a workbook with one sheet. `rows`: cells as text (shared), or as the number a spreadsheet keeps. */
export function workbookParts(
  rows: readonly (readonly (string | number)[])[],
  date1904 = false,
): Record<string, string> {
  const shared: string[] = [];
  const cell = (value: string | number, row: number, column: number): string => {
    const r = `${String.fromCharCode(65 + column)}${row}`;
    if (typeof value === "number") return `<c r="${r}"><v>${value}</v></c>`;
    shared.push(value);
    return `<c r="${r}" t="s"><v>${shared.length - 1}</v></c>`;
  };
  const data = rows
    .map(
      (cells, at) => `<row r="${at + 1}">${cells.map((value, column) => cell(value, at + 1, column)).join("")}</row>`,
    )
    .join("");
  const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return {
    "[Content_Types].xml": xml(
      `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
    ),
    "xl/workbook.xml": xml(
      `<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr${date1904 ? ' date1904="1"' : ""}/><sheets><sheet name="Sorok" sheetId="1" state="hidden" r:id="rId9"/><sheet name="Kakitangan" sheetId="2" r:id="rId1"/></sheets></workbook>`,
    ),
    "xl/_rels/workbook.xml.rels": xml(
      `<Relationships><Relationship Id="rId9" Target="worksheets/sheet9.xml"/><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`,
    ),
    "xl/worksheets/sheet1.xml": xml(`<worksheet><sheetData>${data}</sheetData></worksheet>`),
    "xl/sharedStrings.xml": xml(`<sst>${shared.map((text) => `<si><t>${escaped(text)}</t></si>`).join("")}</sst>`),
  };
}

export const workbook = (rows: readonly (readonly (string | number)[])[], date1904 = false): Buffer =>
  zipOf(workbookParts(rows, date1904));
