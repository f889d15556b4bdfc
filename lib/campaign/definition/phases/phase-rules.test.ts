import { describe, expect, test } from "vitest";
import { mayTouch, type PhasePlan, phaseFaults } from "./phase-rules.ts";

const TODAY = "2026-11-20";
const offices = new Map([
  ["utara", { isRetired: false }],
  ["timur", { isRetired: false }],
  ["lama", { isRetired: true }],
]);
const plan = (rest: Partial<PhasePlan> = {}): PhasePlan => ({
  id: null,
  fromDay: "2026-12-01",
  untilDay: "2026-12-15",
  officeIds: ["utara"],
  ...rest,
});
const other = { ...plan({ fromDay: "2026-12-16", untilDay: "2026-12-31", officeIds: ["timur"] }), id: "other" };
const faults = (wanted: PhasePlan, was: PhasePlan | null = null, may: "written" | "told" = "written") =>
  phaseFaults(wanted, was, [other], { today: TODAY, may, offices }).map(({ field, refusal, ...rest }) => [
    `${field}: ${refusal}`,
    ...Object.values(rest),
  ]);

describe("a phase that is being written", () => {
  test("is right where it follows another, and may be of one day", () => {
    expect(faults(plan())).toEqual([]);
    expect(faults(plan({ fromDay: TODAY, untilDay: TODAY }))).toEqual([]);
  });

  test.each([
    [{ untilDay: "2026-12-16" }, [["fromDay: phases_overlap", "other"]]],
    [{ fromDay: "2026-12-31", untilDay: "2027-01-05" }, [["fromDay: phases_overlap", "other"]]],
    [{ fromDay: "2026-12-01", untilDay: "2027-02-01" }, [["fromDay: phases_overlap", "other"]]],
    [{ untilDay: "2026-11-30" }, [["untilDay: last_before_first"]]],
    [{ fromDay: "2026-11-19" }, [["fromDay: phase_past"]]],
    [{ fromDay: "2026-10-01", untilDay: "2026-11-19" }, [["fromDay: phase_past"], ["untilDay: phase_past"]]],
    [{ fromDay: "2027-01-01", untilDay: "2028-06-01" }, [["untilDay: phase_long"]]],
    [{ fromDay: "2026-02-30" }, [["fromDay: day_unknown"]]],
    [{ untilDay: "" }, [["untilDay: day_unknown"]]],
    [{ untilDay: "2062-12-15" }, [["untilDay: day_far"]]],
    [{ officeIds: [] }, [["offices: no_offices"]]],
    [{ officeIds: ["utara", "timur"] }, [["offices: office_twice", "timur", "other"]]],
    [{ officeIds: ["utara", "utara"] }, [["offices: office_twice", "utara", ""]]],
    [{ officeIds: ["lama"] }, [["offices: office_retired", "lama"]]],
    [{ officeIds: ["nowhere"] }, [["offices: office_unknown", "nowhere"]]],
  ])("with %j is refused: %j", (rest, said) => {
    expect(faults(plan(rest))).toEqual(said);
  });
});

describe("once people were told, a phase", () => {
  const begun = plan({ id: "begun", fromDay: "2026-11-01", untilDay: "2026-12-01" });

  test("that has begun keeps its first day and its offices, and may last longer or take one more", () => {
    expect(faults({ ...begun, untilDay: "2026-12-15" }, begun, "told")).toEqual([]);
    expect(faults({ ...begun, fromDay: "2026-11-25" }, begun, "told")).toEqual([["fromDay: phase_begun"]]);
    expect(faults({ ...begun, officeIds: ["lama"] }, begun, "told")).toEqual([
      ["offices: office_retired", "lama"],
      ["offices: office_begun", "utara"],
    ]);
    expect(faults({ ...begun, untilDay: "2026-11-19" }, begun, "told")).toEqual([["untilDay: phase_past"]]);
  });

  test("keeps an office that was retired since, for the people who are still there", () => {
    const held = { ...begun, officeIds: ["lama"] };
    expect(faults({ ...held, untilDay: "2026-12-15" }, held, "told")).toEqual([]);
    expect(faults({ ...held, untilDay: "2026-12-15" }, held, "written")).toEqual([["offices: office_retired", "lama"]]);
  });

  test("that is new begins today at the earliest", () => {
    expect(faults(plan({ fromDay: "2026-11-19" }), null, "told")).toEqual([["fromDay: phase_past"]]);
  });

  test("that is over is as it was, and one that has begun is not taken out", () => {
    const over = { fromDay: "2026-10-01", untilDay: "2026-11-19" };
    expect(mayTouch(over, "told", TODAY, "change")).toMatchObject({ error: "phase_over" });
    expect(mayTouch(over, "written", TODAY, "change")).toMatchObject({ ok: true });
    expect(mayTouch(begun, "told", TODAY, "change")).toMatchObject({ ok: true });
    expect(mayTouch(begun, "told", TODAY, "remove")).toMatchObject({ error: "phase_begun" });
    expect(mayTouch(plan(), "told", TODAY, "remove")).toMatchObject({ ok: true });
    expect(mayTouch(plan(), "over", TODAY, "change")).toMatchObject({ error: "campaign_over" });
  });
});
