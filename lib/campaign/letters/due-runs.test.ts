import { describe, expect, test } from "vitest";
import { beginningOf } from "#lib/kernel/calendar-day.ts";
import { after, hours } from "#lib/kernel/time.ts";
import { dueRuns, type PastRun, type Schedule } from "./due-runs.ts";
import { isQuiet, openDay } from "./quiet-days.ts";

// Monday 9 to Wednesday 25 November 2026.
const phase = { fromDay: "2026-11-09", untilDay: "2026-11-25", isFirst: true };
const later = { ...phase, isFirst: false };
const schedule: Schedule = {
  state: "running",
  remindDaysBefore: [10, 3, 1],
  quietWeekdays: [6, 7],
  quietDays: [],
};
const noon = (day: string) => after(beginningOf(day), hours(12));
const ran = (kind: PastRun["kind"], occasion: string, day: string, state: PastRun["state"] = "done"): PastRun => ({
  kind,
  occasion,
  state,
  startedAt: noon(day),
});
const invited = ran("invitation", "begin", "2026-11-05");
const due = (day: string, past: readonly PastRun[] = [invited], now = noon(day), other: Partial<Schedule> = {}) =>
  dueRuns({ ...schedule, ...other }, phase, past, now)
    .filter(({ newcomersOnly }) => !newcomersOnly)
    .map(({ occasion }) => occasion);

test("the first phase is invited with the announcing, whatever the hour; another on the morning of its first day", () => {
  const announced = { ...schedule, state: "announced" as const };
  expect(dueRuns(announced, phase, [], beginningOf("2026-11-02"))).toEqual([{ kind: "invitation", occasion: "begin" }]);
  expect(dueRuns(announced, later, [], noon("2026-11-06"))).toEqual([]);
  expect(dueRuns(schedule, later, [], after(beginningOf("2026-11-09"), hours(7)))).toEqual([]);
  expect(dueRuns(schedule, later, [], after(beginningOf("2026-11-09"), hours(8)))).toHaveLength(1);
});

test("nothing begins in a draft or a closed campaign, nor after the phase's last day", () => {
  for (const state of ["draft", "closed"] as const)
    expect(due("2026-11-09", [], noon("2026-11-09"), { state })).toEqual([]);
  expect(due("2026-11-26", [])).toEqual([]);
  expect(due("2026-11-26")).toEqual([]);
});

describe("a reminder", () => {
  test("begins so many days before the phase ends, in the morning", () => {
    expect(due("2026-11-19")).toEqual([]);
    expect(due("2026-11-24")).toEqual(["before-1"]);
    expect(due("2026-11-24", [invited], after(beginningOf("2026-11-24"), hours(7)))).toEqual([]);
  });

  test("that falls on a quiet day begins on the next one that is open", () => {
    // Ten days before is Sunday the 15th; three, Sunday the 22nd.
    expect(due("2026-11-15")).toEqual([]);
    expect(due("2026-11-16")).toEqual(["before-10"]);
    expect(due("2026-11-16", [invited], noon("2026-11-16"), { quietDays: ["2026-11-16"] })).toEqual([]);
    expect(due("2026-11-17", [invited], noon("2026-11-17"), { quietDays: ["2026-11-16"] })).toEqual(["before-10"]);
  });

  test("whose next open day lies after the phase's end is not sent", () => {
    const rest = { quietDays: ["2026-11-24", "2026-11-25"] };
    expect(due("2026-11-26", [invited], noon("2026-11-26"), rest)).toEqual([]);
  });

  test("begins once", () => {
    expect(due("2026-11-16", [invited, ran("reminder", "before-10", "2026-11-16")])).toEqual([]);
  });

  test("that a stopped portal missed is made up for on one open day, and not later", () => {
    expect(due("2026-11-17")).toEqual(["before-10"]);
    expect(due("2026-11-18")).toEqual([]);
  });

  test("gives way to a later one that falls on the same day", () => {
    expect(due("2026-11-23", [invited], noon("2026-11-23"), { remindDaysBefore: [3, 2] })).toEqual(["before-2"]);
  });

  test("of a day before the invitation went out is not sent after it", () => {
    const begun = ran("invitation", "begin", "2026-11-16");
    expect(due("2026-11-17", [begun])).toEqual([]);
    expect(due("2026-11-23", [begun])).toEqual(["before-3"]);
  });
});

test("whoever came later is invited from the next morning on, unless an officer stopped or paused the invitation", () => {
  const newcomers = (past: PastRun[]) =>
    dueRuns(schedule, phase, past, noon("2026-11-10")).filter((run) => run.newcomersOnly);
  expect(newcomers([invited])).toEqual([{ kind: "invitation", occasion: "newcomers-2026-11-10", newcomersOnly: true }]);
  expect(newcomers([ran("invitation", "begin", "2026-11-10")])).toEqual([]);
  expect(newcomers([ran("invitation", "begin", "2026-11-05", "stopped")])).toEqual([]);
  expect(newcomers([ran("invitation", "begin", "2026-11-05", "paused")])).toEqual([]);
});

test("a quiet day is a day of the week or a single one, and where all are quiet none is open", () => {
  const quiet = { quietWeekdays: [6, 7], quietDays: ["2026-11-23"] };
  expect(["2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23"].map((day) => isQuiet(quiet, day))).toEqual([
    false,
    true,
    true,
    true,
  ]);
  expect(openDay(quiet, "2026-11-21")).toBe("2026-11-24");
  expect(openDay({ quietWeekdays: [1, 2, 3, 4, 5, 6, 7], quietDays: [] }, "2026-11-21")).toBeNull();
});
