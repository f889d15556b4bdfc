import { expect, test } from "vitest";
import { lettersOfSystem } from "./letters-of-system.ts";

test.each([
  ["Aset dan stor", "AS"],
  ["Kewangan", "K"],
  ["Dan", "D"],
  ["e-Perolehan", "E"],
])("the letters of %j are %j", (name, letters) => {
  expect(lettersOfSystem(name)).toBe(letters);
});
