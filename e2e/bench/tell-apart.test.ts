import { expect, test } from "vitest";
import { tellApart } from "./tell-apart.ts";

test("times that do not overlap are told apart with certainty, whichever side is slower", () => {
  expect(tellApart([1, 2, 3], [11, 12, 13])).toEqual({ gap: 10, auc: 1 });
  expect(tellApart([11, 12, 13], [1, 2, 3])).toEqual({ gap: 10, auc: 1 });
});

test("the same times are told apart by chance alone", () => {
  expect(tellApart([1, 2, 3, 3], [3, 3, 2, 1])).toEqual({ gap: 0, auc: 0.5 });
});

test("a slight shift shows in both figures", () => {
  const { gap, auc } = tellApart([1, 3, 5], [2, 4, 6]);
  expect(gap).toBe(1);
  expect(auc).toBeCloseTo(2 / 3);
});
