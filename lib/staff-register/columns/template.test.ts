import { expect, test } from "vitest";
import { languages } from "#lib/text/languages.ts";
import { acceptedTitles, guessColumns } from "./guess-columns.ts";
import { columnFields, lacking } from "./mapping.ts";
import { registerTemplate, templateColumns } from "./template.ts";

test.each(languages)("the template in %s is understood without asking, each column for what it is", (language) => {
  const cells = registerTemplate(language).replace("\uFEFF", "").trim().split(",");
  const mapping = guessColumns({ line: 1, cells });
  expect(mapping).toEqual(Object.fromEntries(templateColumns(language).map((field, column) => [field, column])));
  expect(lacking(mapping)).toEqual([]);
});

test("every title that is said to be accepted is, and means one column", () => {
  for (const field of columnFields)
    for (const title of acceptedTitles[field])
      expect(guessColumns({ line: 1, cells: [title.toUpperCase()] }), title).toEqual({ [field]: 0 });
});
