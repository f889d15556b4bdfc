import { describe, expect, test } from "vitest";
import { days, minutes } from "#lib/kernel/time.ts";
import { DETAIL } from "#lib/testing/approvals.ts";
import { canonicalJson, digestOf } from "./canonical-json.ts";
import { readDetail } from "./read-detail.ts";
import { writeAmount } from "./write-amount.ts";

const now = new Date("2026-11-20T07:15:00Z");
const read = (detail: unknown) => readDetail(JSON.stringify([detail]), now);
const at = (later: number) => new Date(now.getTime() + later).toISOString();
const { amount: _, currency: __, payee: ___, ...least } = DETAIL;

describe("of a transaction to be approved is taken", () => {
  test.each([
    [
      "all that there is",
      { ...DETAIL, expires_at: at(minutes(5)), document_digest: { alg: "sha-256", value: `${"A".repeat(43)}` } },
    ],
    ["the least", least],
    ["an amount of a currency without decimals", { ...DETAIL, amount: "12500", currency: "JPY" }],
    ["a title that looks like HTML: it is text", { ...DETAIL, title: "<b>Bayaran</b> & <script>alert(1)</script>" }],
    [
      "a name in a script of many marks",
      { ...DETAIL, payee: "\u0645\u064F\u062D\u064E\u0645\u0651\u064E\u0670\u062F e\u0323\u0302" },
    ],
    ["200 characters that take more bytes", { ...DETAIL, title: "é".repeat(200) }],
    ["an end of seven days on, with another offset", { ...DETAIL, expires_at: "2026-11-27T15:15:00+08:00" }],
  ])("%s", (_, detail) => {
    expect(read(detail)).toEqual({ ok: true, value: detail });
  });
});

describe("is refused, and what is wrong is said in plain ASCII", () => {
  test.each<[string, unknown]>([
    ["another type", { ...DETAIL, type: "payment_initiation" }],
    ["no type", { ...DETAIL, type: undefined }],
    ["no identifier", { ...DETAIL, identifier: undefined }],
    ["no role", { ...DETAIL, role: undefined }],
    ["an identifier of 65", { ...DETAIL, identifier: "x".repeat(65) }],
    ["an identifier with a space", { ...DETAIL, identifier: "BV 1" }],
    ["a member nobody knows", { ...DETAIL, locations: ["https://x.example"] }],
    ["a member named as every object has", { ...DETAIL, constructor: "x" }],
    ["a title of 201", { ...DETAIL, title: "x".repeat(201) }],
    ["a title of a megabyte", { ...DETAIL, title: "x".repeat(1_000_000) }],
    ["a title that is no text", { ...DETAIL, title: ["a"] }],
    ["an empty title", { ...DETAIL, title: " " }],
    ["a title with spaces at its end", { ...DETAIL, title: "Bayaran " }],
    ["a title of two lines", { ...DETAIL, title: "Bayaran\nRM 1" }],
    ["a title that is turned around", { ...DETAIL, title: "RM \u202E00.005" }],
    ["a payee with something invisible", { ...DETAIL, payee: "Syari\u200Bkat" }],
    ["a payee that differs by a mark of style alone", { ...DETAIL, payee: "Syarikat\uFE0F" }],
    ["a title that is blank and no space", { ...DETAIL, title: "\u2800" }],
    ["a reference with marks of annotation", { ...DETAIL, reference: "BV\uFFF9/1" }],
    ["a payee whose marks reach over other lines", { ...DETAIL, payee: `Syarikat${"\u0338".repeat(4)}` }],
    ["half a surrogate pair", { ...DETAIL, title: "\uD800" }],
    ["an amount that is a number", { ...DETAIL, amount: 12500 }],
    ["an amount with a sign", { ...DETAIL, amount: "-1.00" }],
    ["an amount with an exponent", { ...DETAIL, amount: "1e6" }],
    ["an amount with a leading zero", { ...DETAIL, amount: "012.00" }],
    ["an amount with commas", { ...DETAIL, amount: "12,500.00" }],
    ["more decimals than the currency has", { ...DETAIL, amount: "1.005" }],
    ["a currency there is not", { ...DETAIL, currency: "QQQ" }],
    ["an amount without a currency", { ...DETAIL, currency: undefined }],
    ["a currency without an amount", { ...DETAIL, amount: undefined }],
    ["an end that has passed", { ...DETAIL, expires_at: at(0) }],
    ["an end beyond seven days", { ...DETAIL, expires_at: at(days(7) + 1) }],
    ["an end without an offset", { ...DETAIL, expires_at: "2026-11-21T07:15:00" }],
    ["an end on no day", { ...DETAIL, expires_at: "2026-11-31T25:15:00Z" }],
    ["a digest of another kind", { ...DETAIL, document_digest: { alg: "md5", value: "A".repeat(43) } }],
    ["a digest that is too short", { ...DETAIL, document_digest: { alg: "sha-256", value: "A".repeat(42) } }],
    ["a digest spelt in a second way", { ...DETAIL, document_digest: { alg: "sha-256", value: `${"A".repeat(42)}B` } }],
    ["a digest with more to it", { ...DETAIL, document_digest: { alg: "sha-256", value: "A".repeat(43), url: "x" } }],
  ])("%s", (_, detail) => {
    const answer = read(detail);
    expect(answer).toMatchObject({ ok: false });
    // RFC 6749 §5.2.
    expect(!answer.ok && answer.error).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/);
  });

  test.each([
    [{ ...DETAIL, description: "x" }, "description is not known here"],
    [{ ...DETAIL, 'a"\n': "x" }, `member ${Object.keys(DETAIL).length + 1} is not known here`],
  ])("one that is not known by its name, where that can be said", (detail, error) => {
    expect(read(detail)).toEqual({ ok: false, error });
  });

  test.each([
    ["two transactions", JSON.stringify([DETAIL, DETAIL])],
    ["none", "[]"],
    ["an object alone", JSON.stringify(DETAIL)],
    ["no JSON", "[{"],
    ["null", "null"],
    ["a list in the list", "[[]]"],
    [
      "more than 4 KB, though every member is short enough",
      JSON.stringify([{ ...DETAIL, payee: "é".repeat(190), title: "漢".repeat(200) }]) + " ".repeat(4_096),
    ],
  ])("%s", (_, parameter) => {
    expect(readDetail(parameter, now)).toMatchObject({ ok: false });
  });
});

test("canonical JSON is that of RFC 8785: members by UTF-16 code units, texts as ECMAScript writes them", () => {
  // §3.2.3 has these names in this order.
  const sorted = canonicalJson({
    "\u20ac": "Euro",
    "\r": "CR",
    "\ufb33": "Dalet",
    "1": "One",
    "\ud83d\ude00": "Smiley",
    "\u0080": "Control",
    "\u00f6": "o",
  });
  expect(Object.keys(JSON.parse(sorted)).map((name) => name.codePointAt(0)?.toString(16))).toEqual([
    "31",
    "d",
    "80",
    "f6",
    "20ac",
    "1f600",
    "fb33",
  ]);
  expect(canonicalJson({ b: '€$\u000F\nA\'B"\\"/', a: { d: "2", c: "1" } })).toBe(
    '{"a":{"c":"1","d":"2"},"b":"€$\\u000f\\nA\'B\\"\\\\\\"/"}',
  );
  expect(digestOf("{}")).toBe("RBNvo1WzZ4oRRq0W9-hknpT7T8If536DEMBg9hyq_4o");
});

test("an amount is written as people read it, and never rounded", () => {
  const plain = (text: string) => text.replace(/\s/g, " ");
  expect(plain(writeAmount("999999999999999.99", "MYR", "ms"))).toBe("RM 999,999,999,999,999.99");
  expect(plain(writeAmount("12500", "MYR", "en"))).toBe("RM 12,500.00");
  expect(plain(writeAmount("0.10", "USD", "ms"))).toBe("USD 0.10");
});
