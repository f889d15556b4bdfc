import { createRequire } from "node:module";
import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { FORM, form } from "#lib/testing/front-at-work.ts";
import { parseMultipart } from "./parse-multipart.ts";

type Pairs = [string, string][];
const boundary = FORM.slice(FORM.indexOf("=") + 1);
const pairs = (text: string, kind = FORM): Pairs | null =>
  parseMultipart(text, kind)?.map(({ name, value }) => [name, value]) ?? null;

/** The reader behind forms without JavaScript in Next.js. */
async function readByUndici(text: string): Promise<Pairs> {
  const data = await new Request("http://localhost", {
    method: "POST",
    headers: { "content-type": FORM },
    body: text,
  }).formData();
  return [...data].map(([name, value]) => [name, String(value)]);
}

/** The reader behind forms with JavaScript in Next.js. */
function readByBusboy(text: string): Promise<Pairs> {
  const busboy = createRequire(import.meta.url)("next/dist/compiled/busboy") as (
    options: object,
  ) => NodeJS.WritableStream & { on(event: string, heard: (...args: string[]) => void): unknown };
  return new Promise((done, failed) => {
    const found: Pairs = [];
    const reader = busboy({ defParamCharset: "utf8", headers: { "content-type": FORM } });
    reader.on("field", (name, value) => found.push([String(name), String(value)]));
    reader.on("error", failed);
    reader.on("close", () => done(found));
    Readable.from([Buffer.from(text)]).pipe(reader);
  });
}

const read: Pairs[] = [
  [],
  [["identityNumber", "900101-14-0000"]],
  [
    ["a", ""],
    ["a", "twice"],
    ["b", "x"],
  ],
  [["fullName", "Siti 🙂 \u202e Contoh\r\nsecond line\r\n\r\n--not the end\u0000"]],
  [
    ["$ACTION_1:0", '{"id":"…","bound":"$@1"}'],
    ["a b", "=?utf-8?"],
  ],
];
test.each(read.map((each) => [each]))("%j is read as both readers behind it read it", async (expected) => {
  const text = form(expected);
  expect(pairs(text)).toEqual(expected);
  if (expected.length > 0) expect(await readByUndici(text)).toEqual(expected);
  expect(await readByBusboy(text)).toEqual(expected);
});

const one = form([["a", "b"]]);
const refused: [string, string, string?][] = [
  ["nothing", ""],
  ["an end cut off", one.slice(0, -6)],
  ["a delimiter cut off", one.slice(0, one.lastIndexOf("--") - 10)],
  ["something before the first delimiter", `preamble\r\n${one}`],
  ["something after the last", `${one}epilogue`],
  ["lines ended by a line feed alone", one.replaceAll("\r\n", "\n")],
  ["a file", one.replace('name="a"', 'name="a"; filename="a.txt"')],
  ["a file of no name", one.replace('name="a"', 'name="a"; filename=""')],
  ["a field without a name", one.replace('; name="a"', "")],
  ["a field of an empty name", one.replace('name="a"', 'name=""')],
  ["a name with a backslash, which readers take differently", one.replace('name="a"', 'name="a\\"')],
  ["a name beyond 200 characters", one.replace('name="a"', `name="${"a".repeat(201)}"`)],
  ["a name beyond ASCII", one.replace('name="a"', 'name="é"')],
  ["a part in another encoding", one.replace('name="a"', 'name="a"\r\nContent-Transfer-Encoding: base64')],
  ["a part of bytes", one.replace('name="a"', 'name="a"\r\nContent-Type: application/octet-stream')],
  ["a part header beyond 1 KB", one.replace('name="a"', `name="a"\r\nX: ${"a".repeat(1_100)}`)],
  ["201 fields", form(Array.from({ length: 201 }, () => ["a", "b"] as const))],
  ["no boundary in its kind", one, "multipart/form-data"],
  ["another boundary in its kind", one, "multipart/form-data; boundary=other"],
  ["two parameters in its kind", one, `multipart/form-data; charset=utf-8; boundary=${boundary}`],
];
test.each(refused)("a body with %s is refused", (_, text, kind) => {
  expect(pairs(text, kind)).toBeNull();
});

test("a part that says it is plain text is read", () => {
  expect(pairs(one.replace('name="a"', 'name="a"\r\nContent-Type: text/plain; charset=utf-8'))).toEqual([["a", "b"]]);
});
