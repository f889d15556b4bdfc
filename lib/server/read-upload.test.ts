import { expect, test } from "vitest";
import { readUpload } from "./read-upload.ts";

const TYPE = "multipart/form-data; boundary=----WebKitFormBoundaryAbCdEf01";
const part = (head: string, body: string) => `------WebKitFormBoundaryAbCdEf01\r\n${head}\r\n\r\n${body}\r\n`;
const field = (name: string, value: string) => part(`Content-Disposition: form-data; name="${name}"`, value);
const file = (body: string) =>
  part('Content-Disposition: form-data; name="file"; filename="daftar é.csv"\r\nContent-Type: text/csv', body);
const END = "------WebKitFormBoundaryAbCdEf01--\r\n";

async function* inPieces(text: string, size: number) {
  const body = Buffer.from(text);
  for (let at = 0; at < body.length; at += size) yield body.subarray(at, at + size);
}

async function read(text: string, size = 5, type = TYPE) {
  const upload = await readUpload(inPieces(text, size), type);
  if (!upload) return null;
  const parts: Buffer[] = [];
  for await (const piece of upload.file) parts.push(piece);
  return {
    fields: Object.fromEntries(upload.fields),
    fileName: upload.fileName,
    body: Buffer.concat(parts).toString(),
  };
}

test.each([1, 2, 7, 64, 100_000])("a form with a file reads alike in pieces of %d bytes", async (size) => {
  const body = "a,b\r\n--not the end\r\n------WebKitFormBoundaryAbCdEf0\r\n1,2\r\n";
  expect(await read(field("isWhole", "on") + file(body) + END, size)).toEqual({
    fields: { isWhole: "on" },
    fileName: "daftar é.csv",
    body,
  });
});

test("a file that is cut off says so, and is no shorter file", async () => {
  await expect(read(field("a", "b") + file("1,2,".repeat(50)).slice(0, -20))).rejects.toThrow();
});

test.each([
  ["no file", field("a", "b") + END],
  ["a field twice", field("a", "b") + field("a", "c") + file("x") + END],
  ["a long field", field("a", "b".repeat(2_000)) + file("x") + END],
  ["something before it", `preamble\r\n${file("x")}${END}`],
  ["nothing", ""],
  ["a part without a name", part("Content-Type: text/csv", "x") + END],
])("%s is no upload", async (_, text) => {
  expect(await read(text)).toBeNull();
});

test("a boundary that browsers do not write is refused", async () => {
  expect(await read(file("x") + END, 5, "multipart/form-data; boundary=,")).toBeNull();
});
