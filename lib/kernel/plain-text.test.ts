import { describe, expect, test } from "vitest";
import { field, paragraphs, secretField } from "./plain-text.ts";

const form = (...values: (string | Blob)[]): FormData => {
  const data = new FormData();
  for (const value of values) data.append("fullName", value);
  return data;
};
const read = (...values: (string | Blob)[]) => field(form(...values), "fullName", { max: 10 });
const readSecret = (...values: (string | Blob)[]) => secretField(form(...values), "fullName", { max: 10 });

describe("a line of text", () => {
  test.each([
    ["as typed", "Aisyah", "Aisyah"],
    ["without the spaces around it", " \u00a0Aisyah \u3000", "Aisyah"],
    ["in NFC", "Ame\u0301lie", "Amélie"],
    ["with curly quotes and a dash", "D\u2019an\u2013x", "D\u2019an\u2013x"],
    ["of ten emoji, which are twenty UTF-16 units", "😀".repeat(10), "😀".repeat(10)],
    ["of ten letters typed as twenty code points", "e\u0301".repeat(10), "é".repeat(10)],
    ["with an emoji in its coloured style", "❤\ufe0f", "❤\ufe0f"],
    ["that looks like markup: the pages escape", "<b>&", "<b>&"],
  ])("is read %s", (_, typed, expected) => expect(read(typed)).toEqual({ ok: true, value: expected }));

  test.each([
    ["missing", "an empty value", ""],
    ["missing", "spaces alone", " \u2003 "],
    ["too_long", "eleven characters", "a".repeat(11)],
    ["too_long", "eleven emoji", "😀".repeat(11)],
    ["too_long", "ten megabytes", "a".repeat(10_000_000)],
    ["too_long", "ten megabytes of spaces", " ".repeat(10_000_000)],
    ["broken_text", "half a surrogate pair", "a\ud800b"],
    ["broken_text", "the other half", "a\udc00"],
    ["broken_text", "bytes that were not UTF-8", "a\ufffdb"],
    ["broken_text", "a noncharacter", "a\ufdd0"],
    ["broken_text", "a private-use letter", "a\ue000"],
    ["control_characters", "NUL", "a\0b"],
    ["control_characters", "a line feed", "a\nb"],
    ["control_characters", "a carriage return and line feed at the end", "a\r\n"],
    ["control_characters", "a tab", "a\tb"],
    ["control_characters", "delete", "a\u007f"],
    ["control_characters", "next line", "a\u0085b"],
    ["control_characters", "the line separator", "a\u2028b"],
    ["control_characters", "an escape sequence", "\u001b[31m"],
    ["bidi_override", "a right-to-left override", "a\u202eb"],
    ["bidi_override", "an embedding around it", "\u202aab\u202c"],
    ["bidi_override", "an isolate", "a\u2067b\u2069"],
    ["bidi_override", "a right-to-left mark", "a\u200f"],
    ["bidi_override", "an Arabic letter mark", "\u061ca"],
    ["invisible_characters", "a zero-width space", "a\u200bb"],
    ["invisible_characters", "a zero-width joiner", "a\u200db"],
    ["invisible_characters", "a zero-width space alone", "\u200b"],
    ["invisible_characters", "a byte order mark", "\ufeffa"],
    ["invisible_characters", "a soft hyphen", "a\u00adb"],
    ["invisible_characters", "a word joiner", "a\u2060b"],
    ["invisible_characters", "a Hangul filler", "\u3164"],
    ["invisible_characters", "a tag character", "a\u{e0041}"],
  ])("is refused as %s for %s", (error, _, typed) => expect(read(typed)).toEqual({ ok: false, error }));

  test("that was not sent is missing", () => expect(read()).toEqual({ ok: false, error: "missing" }));
  test("sent twice is refused, even twice the same", () =>
    expect(read("a", "a")).toEqual({ ok: false, error: "repeated" }));
  test("sent as a file is refused", () => expect(read(new Blob(["a"]))).toEqual({ ok: false, error: "not_text" }));
});

describe("a password", () => {
  test.each([
    ["with the spaces around it", " a b ", " a b "],
    ["made of spaces", "   ", "   "],
    ["with a joined emoji", "👩\u200d🔬", "👩\u200d🔬"],
    ["in NFC, so that every keyboard gives the same", "e\u0301", "é"],
  ])("is read %s", (_, typed, expected) => expect(readSecret(typed)).toEqual({ ok: true, value: expected }));

  test.each([
    ["missing", ""],
    ["too_long", "a".repeat(11)],
    ["too_long", "a".repeat(10_000_000)],
    ["control_characters", "a\0"],
    ["control_characters", "a\n"],
    ["broken_text", "\ud800"],
  ])("is refused as %s", (error, typed) => expect(readSecret(typed)).toEqual({ ok: false, error }));

  test("sent twice or as a file is refused", () => {
    expect(readSecret("a", "b")).toEqual({ ok: false, error: "repeated" });
    expect(readSecret(new Blob(["a"]))).toEqual({ ok: false, error: "not_text" });
  });
});

describe("several lines", () => {
  const read = (value: string, max = 100) => {
    const form = new FormData();
    form.set("reason", value);
    return paragraphs(form, "reason", { max });
  };

  test("keep their breaks, whichever a browser sends, and lose spaces at their ends", () => {
    expect(read("  Bukan saya. \r\n\r\nSaya bercuti.\rTerima kasih\n ")).toEqual({
      ok: true,
      value: "Bukan saya.\n\nSaya bercuti.\nTerima kasih",
    });
  });

  test.each([
    ["", "missing"],
    [" \r\n ", "missing"],
    ["a\0b", "control_characters"],
    ["a\tb", "control_characters"],
    ["satu\n\u202edua", "bidi_override"],
    ["satu\nd\u200bua", "invisible_characters"],
    ["a".repeat(101), "too_long"],
    ["a".repeat(5_000), "too_long"],
  ])("%j is refused: %s", (value, error) => {
    expect(read(value)).toEqual({ ok: false, error });
  });
});
