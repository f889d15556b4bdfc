import { expect, test } from "vitest";
import { initials } from "./initials.ts";

test.each([
  ["Nur Aisyah binti Contoh", "NA"],
  ["Teladan", "T"],
  ["teladan a/l contoh", "TA"],
  ["Contoh @ Teladan", "CT"],
  ["", ""],
])("the initials of %j are %j", (name, expected) => {
  expect(initials(name)).toBe(expected);
});
