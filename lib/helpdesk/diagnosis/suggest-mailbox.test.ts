import { expect, test } from "vitest";
import { differingLabels, isOneSlip, suggestMailbox } from "./suggest-mailbox.ts";

test.each([
  ["contoh", "conto", true],
  ["contoh", "contohh", true],
  ["contoh", "comtoh", true],
  ["contoh", "cotnoh", true],
  ["contoh", "contoh", false],
  ["contoh", "cotnohh", false],
  ["contoh", "hotnoc", false],
  ["contoh", "", false],
  ["a", "", true],
])("of %s and %s one slip makes the other: %s", (one, other, slip) => {
  expect(isOneSlip(one, other)).toBe(slip);
  expect(isOneSlip(other, one)).toBe(slip);
});

test.each([
  ["ahmad@conto.example.gov.my", ["contoh.example.gov.my"], "ahmad@contoh.example.gov.my"],
  ["ahmad@contoh.example.gov.my", ["contoh.example.gov.my"], null],
  ["ahmad@elsewhere.example", ["contoh.example.gov.my"], null],
  ["ahmad@perlis.gov.m", ["*.gov.my"], "ahmad@perlis.gov.my"],
  ["ahmad@perlis.gov.my", ["*.gov.my"], null],
  ["ahmad@gov.m", ["*.gov.my"], null],
  ["ahmad@contoh.gov.my", ["contoha.gov.my", "contohb.gov.my"], null],
])("for %s, on %j, is suggested %s", (mailbox, domains, suggested) => {
  expect(suggestMailbox(mailbox, domains)).toBe(suggested);
});

test("what differs is told part by part", () => {
  const marked = (one: string, other: string) =>
    differingLabels(one, other).map(({ text, differs }) => (differs ? `[${text}]` : text));
  expect(marked("a@conto.example.gov.my", "a@contoh.example.gov.my").join("")).toBe("a@[conto].example.gov.my");
});
