import { expect, test } from "vitest";
import { dayOf, endOf, parseDay } from "./calendar-day.ts";

test("a day begins at midnight in Kuala Lumpur", () => {
  expect(parseDay("2026-11-21")).toEqual({ ok: true, value: new Date("2026-11-20T16:00:00Z") });
  expect(endOf("2026-11-21")).toEqual(new Date("2026-11-21T16:00:00Z"));
  expect(dayOf(new Date("2026-11-20T16:00:00Z"))).toBe("2026-11-21");
  expect(dayOf(new Date("2026-11-20T15:59:59Z"))).toBe("2026-11-20");
});

test.each([
  "",
  "2026-02-30",
  "2026-13-01",
  "21/11/2026",
  "2026-1-2",
  "20261121",
  "2026-11-20T00:00",
  "1999-01-01",
  "99999-01-01",
  "0000-00-00",
  null,
  20261121,
])("%j is no day", (value) => {
  expect(parseDay(value)).toEqual({ ok: false, error: "day_unknown" });
});
