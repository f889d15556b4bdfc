import { expect, test } from "vitest";
import type { Phase } from "#lib/campaign/definition/find-campaign.ts";
import { packOffices, unpackOffices } from "./packed-offices.ts";
import { wordsOfFaults } from "./words-of-faults.ts";

const office = { id: "o", code: "0102", name: "Cawangan {number}", isRetired: false };
const phase: Phase = { id: "p", number: 3, fromDay: "2026-12-01", untilDay: "2026-12-31", offices: [office] };

test("what is wrong with a phase names the other phase with its days, and each office", () => {
  const said = wordsOfFaults(
    "en",
    [
      { field: "fromDay", refusal: "phases_overlap", phaseId: "p" },
      { field: "offices", refusal: "office_twice", officeId: "o", phaseId: "p" },
      { field: "offices", refusal: "office_retired", officeId: "o" },
    ],
    { phases: [phase], offices: [office] },
  );
  expect(said.fromDay).toBe("These dates overlap with Phase 3 (1 December 2026 to 31 December 2026).");
  expect(said.offices).toContain("0102 Cawangan {number} is in Phase 3 already.");
  expect(said.offices).toContain("0102 Cawangan {number} is retired");
});

test("no fault is told with a gap in its words", () => {
  for (const language of ["ms", "en"] as const) {
    const said = wordsOfFaults(
      language,
      [
        { field: "fromDay", refusal: "day_unknown" },
        { field: "untilDay", refusal: "last_before_first" },
        { field: "offices", refusal: "office_begun", officeId: "o" },
      ],
      { phases: [], offices: [{ ...office, name: "Utara" }] },
    );
    for (const words of Object.values(said)) expect(words).not.toMatch(/[{}]| {2}| \./);
  }
});

test("offices come back from a fresh proof as they were ticked, and one that could be two is neither", () => {
  const ids = Array.from({ length: 300 }, (_, n) => `0190a000-0000-7000-8000-0000${String(n).padStart(8, "0")}`);
  const packed = packOffices(ids);
  expect(unpackOffices(packed, ids)).toEqual(ids);
  expect(packed.length).toBeLessThan(3_000);
  const twin = `0290${ids[0]?.slice(4)}`;
  expect(unpackOffices(packOffices(ids.slice(0, 2)), [...ids, twin])).toEqual(ids.slice(1, 2));
  expect(unpackOffices("", ids)).toEqual([]);
});
