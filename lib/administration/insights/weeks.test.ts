import { expect, test } from "vitest";
import { mondayOf, weeksUntil } from "./weeks.ts";

test.each([
  ["2026-11-16", "2026-11-16"],
  ["2026-11-20", "2026-11-16"],
  ["2026-11-22", "2026-11-16"],
  ["2027-01-02", "2026-12-28"],
  ["2028-03-01", "2028-02-28"],
])("the week of %s begins on %s", (day, monday) => expect(mondayOf(day)).toBe(monday));

test("the last weeks end with the one under way, and one begins at midnight in Kuala Lumpur", () => {
  expect(weeksUntil(new Date("2026-11-20T07:15:00Z"), 3)).toEqual(["2026-11-02", "2026-11-09", "2026-11-16"]);
  expect(weeksUntil(new Date("2026-11-22T15:59:59Z"), 1)).toEqual(["2026-11-16"]);
  expect(weeksUntil(new Date("2026-11-22T16:00:00Z"), 1)).toEqual(["2026-11-23"]);
});
