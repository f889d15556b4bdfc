import { expect, test } from "vitest";
import { showName, showNumber } from "./show-safely.ts";
import { wordsOfReasons } from "./words-of-reasons.ts";

test.each([
  ["Nur; Contoh", ";"],
  ["Nur & Contoh", "&"],
  ["(Nur)", "("],
  ["Nur Contoh/Teladan", "/"],
  ["nur.contoh", "."],
  ["Nur 😀", "😀"],
])("the name %j is refused for its %s", (name, character) => {
  expect(wordsOfReasons("ms", { reasons: ["name_characters", "office_unknown"], name })).toBe(
    `Nama mengandungi aksara yang tidak dibenarkan: “${character}”; Pejabat tidak dikenali`,
  );
});

test.each([
  ["900101", "900101"],
  ["900101-14-00", "900101••••••"],
  ["90010114000O", "900101••••••"],
  ["A12345", "A1••••••"],
  ['=HYPERLINK("x")', "=H••••••"],
  ["", null],
])("the number %j is shown as %j", (typed, shown) => {
  expect(showNumber(typed)).toBe(shown);
});

test.each([
  ["Nur  9", "Nur 9"],
  ["900101140000", "900101••••••"],
  ["Nur\u202e\u200b\u0000Contoh", "NurContoh"],
  ["x".repeat(500), "x".repeat(120)],
  [" ", null],
])("the name %j is shown as %j", (typed, shown) => {
  expect(showName(typed)).toBe(shown);
});
