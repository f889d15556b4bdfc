import { expect, test } from "vitest";
import { everything, filterIn, queryOf } from "./trail-filter.ts";

const id = "0197f2d0-0000-7000-8000-000000000001";

test("a filter goes into an address and comes out of it the same", () => {
  const filter = {
    whom: id,
    who: null,
    by: "officer",
    about: "account.closed",
    outcome: "refused",
    from: "2026-11-01",
    until: null,
  } as const;
  const query = queryOf(filter, { before: "7" });
  expect(query).toBe(`?whom=${id}&by=officer&about=account.closed&outcome=refused&from=2026-11-01&before=7`);
  expect(filterIn(Object.fromEntries(new URLSearchParams(query)))).toEqual(filter);
  expect(queryOf(everything)).toBe("");
});

test.each([
  { whom: "1' or true" },
  { whom: id.toUpperCase() },
  { whom: [id, id] },
  { by: "constructor" },
  { about: "toString" },
  { outcome: "x" },
  { from: "2026-02-30" },
  { from: "20/11/2026" },
  { until: "99999-01-01" },
  { unknown: "1" },
])("%j is as if it were not there", (query) => {
  expect(filterIn(query)).toEqual(everything);
});
