import { expect, test } from "vitest";
import { niceTop } from "./nice-top.ts";

test.each([
  [0, 2],
  [1, 2],
  [3, 4],
  [9, 10],
  [10, 10],
  [11, 12],
  [37, 40],
  [101, 120],
  [999, 1_000],
  [12_001, 16_000],
])("an axis for %d ends at %d", (largest, top) => expect(niceTop(largest)).toBe(top));

test("it is never shorter than the largest value, nor three times as long, and its middle is whole", () => {
  for (let largest = 2; largest < 30_000; largest = Math.ceil(largest * 1.03)) {
    const top = niceTop(largest);
    expect(top, String(largest)).toBeGreaterThanOrEqual(largest);
    expect(top, String(largest)).toBeLessThan(largest * 3);
    expect((top / 2) % 1, String(largest)).toBe(0);
  }
});
