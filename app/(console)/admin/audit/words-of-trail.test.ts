import { expect, test } from "vitest";
import { auditTypes } from "#lib/helpdesk/audit-trail/trail-filter.ts";
import { nameOfType } from "./words-of-trail.ts";

test.each(["ms", "en"] as const)("every type of event is chosen by words in %s, and no two read alike", (language) => {
  const names = auditTypes.map((type) => nameOfType(language)(type));
  for (const name of names) expect(name).not.toMatch(/[{}_]|events\./);
  expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([]);
});
