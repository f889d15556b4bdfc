import { expect, test } from "vitest";
import { formatDate, formatDay, formatNear, formatTime, timestampOfFile } from "./format-date.ts";

const at = (time: string) => new Date(`2026-11-20T${time}:00+08:00`);

test("a date reads as a person says it, in both languages", () => {
  expect(formatDate(at("15:15"), "ms")).toBe("20 November 2026, 3:15 petang");
  expect(formatDate(at("15:15"), "en")).toBe("20 November 2026, 3:15 pm");
});

test.each([
  ["00:00", "12:00 pagi", "12:00 am"],
  ["09:05", "9:05 pagi", "9:05 am"],
  ["11:59", "11:59 pagi", "11:59 am"],
  ["12:00", "12:00 tengah hari", "12:00 pm"],
  ["13:59", "1:59 tengah hari", "1:59 pm"],
  ["14:00", "2:00 petang", "2:00 pm"],
  ["18:59", "6:59 petang", "6:59 pm"],
  ["19:00", "7:00 malam", "7:00 pm"],
  ["23:59", "11:59 malam", "11:59 pm"],
])("at %s the clock says %s, in English %s", (time, ms, en) => {
  expect(formatTime(at(time), "ms")).toBe(ms);
  expect(formatTime(at(time), "en")).toBe(en);
});

test("the zone is the agency's, wherever the server stands", () => {
  expect(formatDate(new Date("2026-12-31T16:30:00Z"), "ms")).toBe("1 Januari 2027, 12:30 pagi");
  expect(formatDay(new Date("2026-02-28T17:00:00Z"), "ms")).toBe("1 Mac 2026");
});

test("months have their Malay names", () => {
  const months = Array.from(
    { length: 12 },
    (_, month) => formatDay(new Date(Date.UTC(2026, month, 10)), "ms").split(" ")[1],
  );
  expect(months).toEqual([
    "Januari",
    "Februari",
    "Mac",
    "April",
    "Mei",
    "Jun",
    "Julai",
    "Ogos",
    "September",
    "Oktober",
    "November",
    "Disember",
  ]);
});

test.each([
  ["2026-11-20T00:04:00Z", "hari ini, 8:04 pagi", "today, 8:04 am"],
  ["2026-11-19T16:00:00Z", "hari ini, 12:00 pagi", "today, 12:00 am"],
  ["2026-11-19T15:59:00Z", "semalam, 11:59 malam", "yesterday, 11:59 pm"],
  ["2026-11-18T15:59:00Z", "18 November 2026", "18 November 2026"],
])("%s is told from the afternoon of the 20th as %s", (moment, ms, en) => {
  expect(formatNear(new Date(moment), at("15:15"), "ms")).toBe(ms);
  expect(formatNear(new Date(moment), at("15:15"), "en")).toBe(en);
});

test("a time in a file is the agency's, not Greenwich's", () => {
  expect(timestampOfFile(new Date("2026-11-19T16:05:00Z"))).toBe("2026-11-20 00:05");
  expect(timestampOfFile(new Date("2026-01-01T15:59:00Z"))).toBe("2026-01-01 23:59");
});
