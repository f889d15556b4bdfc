import { expect, test } from "vitest";
import { workbook, workbookParts, zipOf } from "#lib/testing/staff-register.ts";
import { FileRefused } from "./file-refused.ts";
import { readRows, recogniseFile } from "./read-rows.ts";
import type { StoredFile } from "./stored-file.ts";

/** In pieces so small that characters, breaks and quotes fall between them. */
const inPieces = (body: Buffer): StoredFile => ({
  size: body.length,
  async *pieces(from, to) {
    for (let at = from; at < to; at += 7) yield body.subarray(at, Math.min(to, at + 7));
  },
});

const atOnce = (body: Buffer): StoredFile => ({
  size: body.length,
  async *pieces(from, to) {
    yield body.subarray(from, to);
  },
});

async function rowsOf(body: string | Buffer, open = inPieces) {
  const file = open(Buffer.from(body));
  const rows = [];
  for await (const row of readRows(file, await recogniseFile(file))) rows.push(row);
  return rows;
}

const refusalOf = (body: string | Buffer) =>
  rowsOf(body, atOnce).then(
    () => "read",
    (fault: unknown) => (fault instanceof FileRefused ? fault.refusal : fault),
  );

const utf16 = (text: string, swap: boolean, mark = true): Buffer => {
  const body = Buffer.from(`${mark ? "\ufeff" : ""}${text}`, "utf16le");
  return swap ? body.swap16() : body;
};

const plain = "Nama,Emel\r\nSiti Nur’aini,siti@contoh.example.gov.my\r\n";
const asRows = [
  { line: 1, cells: ["Nama", "Emel"] },
  { line: 2, cells: ["Siti Nur’aini", "siti@contoh.example.gov.my"] },
];

test.each([
  ["UTF-8", plain],
  ["UTF-8 with its mark", `\ufeff${plain}`],
  ["UTF-16 as Windows writes it", utf16(plain, false)],
  ["UTF-16 the other way round", utf16(plain, true)],
  ["UTF-16 without a mark", utf16(plain, false, false)],
  ["lines that end as on Unix", plain.replaceAll("\r\n", "\n")],
  ["no line break at the end", plain.trimEnd()],
])("a text file in %s reads alike", async (_, body) => {
  expect(await rowsOf(body)).toEqual(asRows);
});

test.each([
  [";", "Nama;Emel;Pejabat\r\nContoh, A.;a@b.my;Aras 1, 2\r\nContoh, B.;b@b.my;Aras 3, 4\r\n"],
  ["\t", "Nama\tEmel\tPejabat\r\nContoh, A.\ta@b.my\tAras 1\r\n"],
  ["|", "Nama|Emel|Pejabat\r\nContoh|a@b.my|Aras 1\r\n"],
])("cells that %j separates are told from commas within them", async (_, body) => {
  for (const { cells } of await rowsOf(body)) expect(cells).toHaveLength(3);
});

test("Excel's own word on the separator is believed, and is no row", async () => {
  expect(await rowsOf("sep=;\r\na,b;c\r\n1,2;3\r\n")).toEqual([
    { line: 2, cells: ["a,b", "c"] },
    { line: 3, cells: ["1,2", "3"] },
  ]);
});

test("breaks, separators and quotes within quotes belong to the cell, and the next row still knows its line", async () => {
  expect(await rowsOf('Nama,Alamat\r\nA,"Aras 3,\r\nJalan ""Contoh"""\r\n\r\nB,C\r\n')).toEqual([
    { line: 1, cells: ["Nama", "Alamat"] },
    { line: 2, cells: ["A", 'Aras 3,\r\nJalan "Contoh"'] },
    { line: 5, cells: ["B", "C"] },
  ]);
});

test("a text file that is something else is refused by what it is", async () => {
  expect(await refusalOf("")).toBe("file_empty");
  expect(await refusalOf(Buffer.from([0x25, 0x50, 0x44, 0x46, 0x01, 0x02, 0x00, 0x05]))).toBe("file_kind");
  expect(await refusalOf(Buffer.from("Nama\r\nRen\xe9\r\n", "latin1"))).toBe("file_encoding");
  expect(await refusalOf('Nama,Emel\r\n"Tidak ditutup,a@b.my\r\n')).toBe("file_quotes");
  expect(await refusalOf(`Nama,Emel\r\n"${"x".repeat(70_000)}\r\n`)).toBe("file_row_too_long");
  expect(await refusalOf(Buffer.from("d0cf11e0a1b11ae100", "hex"))).toBe("file_protected");
});

test("a workbook's first visible sheet is read: shared and inline text, numbers, gaps, and what a formula came to", async () => {
  const parts = workbookParts([["Nama", "No. KP"]]);
  parts["xl/worksheets/sheet1.xml"] = `<x:worksheet xmlns:x="urn:x"><x:sheetData>
    <x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c><x:c r="C1" t="inlineStr"><x:is><x:r><x:t>No. </x:t></x:r><x:r><x:t>KP</x:t></x:r></x:is></x:c></x:row>
    <x:row r="2"/>
    <x:row r="3"><x:c r="A3" t="s"/></x:row>
    <x:row r="4"><x:c r="A4" t="str"><x:f>CONCAT(&quot;A&quot;,B4)</x:f><x:v>Ali &amp; Abu</x:v></x:c><x:c><x:v>900101140000</x:v></x:c></x:row>
  </x:sheetData></x:worksheet>`;
  expect(await rowsOf(zipOf(parts))).toEqual([
    { line: 1, cells: ["Nama", "", "No. KP"] },
    { line: 4, cells: ["Ali & Abu", 900101140000] },
  ]);
});

test("a workbook that counts its days from 1904 says so", async () => {
  expect(await recogniseFile(atOnce(workbook([["a"]], true)))).toEqual({ kind: "xlsx", from1904: true });
});

test("a workbook with macros is refused, wherever they hide", async () => {
  const parts = workbookParts([["Nama"]]);
  expect(await refusalOf(zipOf({ ...parts, "xl/vbaProject.bin": "x" }))).toBe("file_macros");
  expect(await refusalOf(zipOf({ ...parts, "xl/macrosheets/sheet1.xml": "x" }))).toBe("file_macros");
  const types = parts["[Content_Types].xml"]?.replace("spreadsheetml.sheet.main", "ms-excel.sheet.macroEnabled.main");
  expect(await refusalOf(zipOf({ ...parts, "[Content_Types].xml": types ?? "" }))).toBe("file_macros");
});

test("a zip that is no workbook, is cut off, or whose XML is broken is refused", async () => {
  const whole = workbook([["Nama"], ["Contoh"]]);
  expect(await refusalOf(zipOf({ "hello.txt": "x" }))).toBe("file_damaged");
  for (const part of [0.3, 0.6, 0.95])
    expect(await refusalOf(whole.subarray(0, Math.floor(whole.length * part)))).toBe("file_damaged");
  const parts = workbookParts([["Nama"]]);
  for (const sheet of [
    "<worksheet><sheetData><row></sheetData>",
    '<worksheet><row r="2"/><row r="1"/></worksheet>',
    '<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>',
    '<worksheet><row r="1"><c r="1A"><v>1</v></c></row></worksheet>',
    '<worksheet><row r="3000000000"><c><v>1</v></c></row></worksheet>',
  ])
    expect(await refusalOf(zipOf({ ...parts, "xl/worksheets/sheet1.xml": sheet }))).toBe("file_damaged");
});

test("what is small and becomes large is refused before it does, and what lies about its size while it is read", async () => {
  const parts = workbookParts([["Nama"]]);
  const bomb = Buffer.alloc(12 * 1024 * 1024, "<row/>");
  expect(await refusalOf(zipOf({ ...parts, "xl/worksheets/sheet1.xml": bomb }))).toBe("file_unpacks_too_large");
  const lying = { "xl/worksheets/sheet1.xml": 100 };
  expect(await refusalOf(zipOf({ ...parts, "xl/worksheets/sheet1.xml": bomb }, lying))).toBe("file_damaged");
  const many = Object.fromEntries(Array.from({ length: 2_001 }, (_, n) => [`f${n}`, ""]));
  expect(await refusalOf(zipOf(many))).toBe("file_unpacks_too_large");
});

/** Of so many bytes, with enough chance in it not to be a bomb by its packing. */
const filler = (length: number): string =>
  Array.from({ length: length / 1_000 }, (_, n) => `${(n * 7_919).toString(36)}`.repeat(4).padEnd(1_000, "a")).join("");

test.each([
  ["a text", "xl/sharedStrings.xml", `<sst><si><t>${filler(3_000_000)}</t></si></sst>`],
  ["an attribute", "xl/worksheets/sheet1.xml", `<worksheet a="${filler(3_000_000)}"/>`],
  ["a comment", "xl/worksheets/sheet1.xml", `<worksheet><!--${filler(3_000_000)}--></worksheet>`],
  ["many levels", "xl/worksheets/sheet1.xml", `<worksheet>${"<a>".repeat(100)}${"</a>".repeat(100)}</worksheet>`],
])("%s that would have to be held as a whole is refused before it is", async (_, name, part) => {
  expect(await refusalOf(zipOf({ ...workbookParts([["Nama"]]), [name]: part }))).toBe("file_damaged");
});

test("parts that are read as a whole are refused where they are large", async () => {
  const parts = workbookParts([["Nama"]]);
  const types = parts["[Content_Types].xml"]?.replace(
    "</Types>",
    `<Default Extension="${filler(9_000_000)}"/></Types>`,
  );
  expect(await refusalOf(zipOf({ ...parts, "[Content_Types].xml": types ?? "" }))).toBe("file_unpacks_too_large");
});
