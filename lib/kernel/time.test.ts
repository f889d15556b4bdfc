import { expect, test } from "vitest";
import { after, before, days, hours, minutes, seconds } from "./time.ts";

test("spans are milliseconds, written as a person says them", () => {
  expect([seconds(0.1), seconds(1), minutes(30), hours(12), days(7)]).toEqual([
    100, 1_000, 1_800_000, 43_200_000, 604_800_000,
  ]);
});

test("a moment a span after or before another is a new one, across midnight and the end of a year", () => {
  const start = new Date("2026-12-31T23:45:00.000Z");
  expect(after(start, minutes(30)).toISOString()).toBe("2027-01-01T00:15:00.000Z");
  expect(before(after(start, days(1)), days(1))).toEqual(start);
  expect(start.toISOString()).toBe("2026-12-31T23:45:00.000Z");
});
