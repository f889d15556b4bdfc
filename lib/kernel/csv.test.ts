import { expect, test } from "vitest";
import { csvLine } from "./csv.ts";

test("cells are apart by commas, and what would come apart is quoted", () => {
  expect(csvLine(["a", 'b "c"', "d, e", "f\ng", null, 7, -7])).toBe('a,"b ""c""","d, e","f\ng",,7,-7\r\n');
});

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "＝1"])("%j is no formula any more", (cell) => {
  expect(csvLine([cell])).toBe(`'${cell}\r\n`);
});

test("an apostrophe comes inside the quotes", () => {
  expect(csvLine(['=HYPERLINK("x","y")'])).toBe(`"'=HYPERLINK(""x"",""y"")"\r\n`);
});
